import CFuse
import KernFS
import Synchronization
import SystemPackage

/// The files of the host that the kernel was told of: one number for each, closed when no more may be opened onto it.
final class BackingFiles: Sendable {
    private let device: Int32
    private let numbers = Mutex<[ObjectIdentifier: Int32]>([:])

    /// `device` is that of a session which took up passthrough.
    init(device: Int32) { self.device = device }

    /// Whether this process may name files at all, tried with `file`. Errors: EPERM without CAP_SYS_ADMIN.
    func probe(_ file: Int32) throws(Errno) {
        let number = cfuse_backing_open(device, file)
        guard number > 0 else { throw Errno(rawValue: -number) }
        cfuse_backing_close(device, UInt32(number))
    }

    /// The number of a file, under which the kernel has it from its first open on. Nil where there is no file, or the kernel
    /// refuses it: then the file hears why.
    func number(of file: any BackingFile) -> Int32? {
        let key = ObjectIdentifier(file.identity)
        if let known = numbers.withLock({ $0[key] }) { return known }
        // Not under the lock: it may have to be made first.
        guard let descriptor = file.descriptor else { return nil }
        let (number, isNew) = numbers.withLock { numbers -> (Int32, Bool) in
            if let known = numbers[key] { return (known, false) }
            let made = cfuse_backing_open(device, descriptor.rawValue)
            if made > 0 { numbers[key] = made }
            return (made, made > 0)
        }
        guard number > 0 else {
            file.refuse("the kernel refuses its backing file: \(Errno(rawValue: -number))")
            return nil
        }
        if isNew { file.whenOver { [weak self] in self?.close(key) } }
        return number
    }

    private func close(_ key: ObjectIdentifier) {
        guard let number = numbers.withLock({ $0.removeValue(forKey: key) }) else { return }
        cfuse_backing_close(device, UInt32(number))
    }
}
