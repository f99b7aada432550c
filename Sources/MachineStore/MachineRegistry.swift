import FoundationEssentials
import Glibc
import SystemPackage

/// The machines that run on this host, each under its name.
///
/// A folder with a file for each machine: `NAME.json` says where it is, and the daemon holds a lock on it as long
/// as it lives. A file without a lock is what a killed daemon left; it is passed over and replaced.
public struct MachineRegistry: Sendable {
    public let folder: FilePath

    public init(folder: FilePath) { self.folder = folder }

    /// `$FADUMPFS_RUNTIME_DIR`, else /run/fadumpfs for root, else a folder in the user's runtime directory.
    public static var standard: MachineRegistry {
        func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
        if let named = variable("FADUMPFS_RUNTIME_DIR") { return MachineRegistry(folder: FilePath(named)) }
        if geteuid() == 0 { return MachineRegistry(folder: "/run/fadumpfs") }
        let base = variable("XDG_RUNTIME_DIR") ?? "/tmp/fadumpfs-\(geteuid())"
        return MachineRegistry(folder: FilePath(base).appending("fadumpfs"))
    }

    /// A name that is taken for as long as this value lives.
    public final class Claim: Sendable {
        private let path: FilePath
        private let descriptor: FileDescriptor

        init(path: FilePath, descriptor: FileDescriptor) {
            self.path = path
            self.descriptor = descriptor
        }

        /// Gives the name back.
        deinit {
            unlink(path.string)
            try? descriptor.close()
        }
    }

    /// Why a name cannot be had.
    public enum Failure: Error, Sendable, CustomStringConvertible {
        case taken(RegistryEntry)
        case unusable(FilePath, Errno)

        public var description: String {
            switch self {
            case .taken(let entry):
                "a machine named '\(entry.name)' is running already (pid \(entry.pid), mounted on "
                    + "\(entry.mountPoint)); choose another --name, or stop it with: fadumpfs unmount "
                    + entry.mountPoint
            case .unusable(let path, let errno):
                "cannot use the runtime folder \(path): \(errno); set FADUMPFS_RUNTIME_DIR to a folder you may write to"
            }
        }
    }

    /// Takes `entry.name` for this process.
    public func claim(_ entry: RegistryEntry) throws(Failure) -> Claim {
        do throws(Errno) {
            try createFolder()
        } catch {
            throw .unusable(folder, error)
        }
        let path = file(of: entry.name)
        do {
            let options: FileDescriptor.OpenOptions = [.create, .closeOnExec]
            let descriptor = try FileDescriptor.open(
                path,
                .readWrite,
                options: options,
                permissions: [.ownerReadWrite, .groupRead, .otherRead]
            )
            var lock = FileLock.whole
            guard fcntl(descriptor.rawValue, FileLock.set, &lock) == 0 else {
                let holder = Self.entry(in: descriptor)
                try? descriptor.close()
                throw Failure.taken(holder ?? entry)
            }
            let bytes = try entry.json()
            ftruncate(descriptor.rawValue, 0)
            try descriptor.writeAll(toAbsoluteOffset: 0, bytes)
            return Claim(path: path, descriptor: descriptor)
        } catch let error as Failure {
            throw error
        } catch {
            throw .unusable(path, (error as? Errno) ?? .ioError)
        }
    }

    /// The machines that run, by name.
    public var running: [RegistryEntry] {
        guard let directory = opendir(folder.string) else { return [] }
        defer { closedir(directory) }
        var entries: [RegistryEntry] = []
        while let item = readdir(directory) {
            let name = withUnsafePointer(to: &item.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasSuffix(".json"), let entry = runningEntry(folder.appending(name)) else { continue }
            entries.append(entry)
        }
        return entries.sorted { $0.name < $1.name }
    }

    /// The machine that runs under `name`.
    public func running(named name: String) -> RegistryEntry? { runningEntry(file(of: name)) }

    private func runningEntry(_ path: FilePath) -> RegistryEntry? {
        guard let descriptor = try? FileDescriptor.open(path, .readOnly, options: .closeOnExec) else {
            return nil
        }
        defer { try? descriptor.close() }
        guard let entry = Self.entry(in: descriptor), kill(entry.pid, 0) == 0 || errno == EPERM else {
            return nil
        }
        return Self.isLocked(descriptor) ? entry : nil
    }

    private static func isLocked(_ descriptor: FileDescriptor) -> Bool {
        var lock = FileLock.whole
        guard fcntl(descriptor.rawValue, FileLock.get, &lock) == 0 else { return false }
        return lock.l_type != Int16(F_UNLCK)
    }

    private static func entry(in descriptor: FileDescriptor) -> RegistryEntry? {
        var bytes = [UInt8](repeating: 0, count: 8192)
        let count = bytes.withUnsafeMutableBytes { try? descriptor.read(fromAbsoluteOffset: 0, into: $0) }
        guard let count, count > 0 else { return nil }
        return try? JSONDecoder().decode(RegistryEntry.self, from: Data(bytes[..<count]))
    }

    private func file(of name: String) -> FilePath { folder.appending(name + ".json") }

    private func createFolder() throws(Errno) {
        guard mkdir(folder.string, 0o755) != 0, errno != EEXIST else { return }
        guard errno == ENOENT else { throw Errno(rawValue: errno) }
        var parent = folder
        parent.removeLastComponent()
        guard mkdir(parent.string, 0o755) == 0, mkdir(folder.string, 0o755) == 0 else {
            throw Errno(rawValue: errno)
        }
    }
}
