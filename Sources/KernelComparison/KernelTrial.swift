import KernFS
import KernelProfile
import KernelTree
import Machine
import Synchronization
import SystemPackage

/// A machine with one kernel, driven through its files, as a script would, but without any mount.
final class KernelTrial {
    let machine: Machine
    let fileSystem = FileSystem(owner: Caller(pid: 1, uid: 0, gid: 0))
    private let tree: LiveTree

    /// Boots the kernel with fadump=on, on a machine that is the default in everything that `settings` do not say.
    ///
    /// Errors: `ConfigurationFailure` for a setting, `Errno` of the memory behind the machine.
    init(_ profile: KernelProfile, _ settings: [MachineSetting: String] = [:]) throws {
        var configuration = MachineConfiguration()
        configuration.kernel = profile
        for (setting, text) in settings { try configuration.set(setting, to: text, from: .builtIn) }
        machine = try Machine(configuration)
        tree = LiveTree(machine, fileSystem)
        machine.start()
    }

    /// The path below the root that a name has, behind a symbolic link where it is one.
    func number(of path: String) throws(Errno) -> UInt64 {
        let number = try fileSystem.resolve(path)
        guard try fileSystem.attributes(number).kind == .link else { return number }
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        return try fileSystem.resolve(folder + "/" + fileSystem.readLink(number))
    }

    func exists(_ path: String) -> Bool { (try? number(of: path)) != nil }

    /// What `cat` prints, line by line.
    func lines(of path: String) throws(Errno) -> [String] {
        let file = try fileSystem.open(number(of: path), .read)
        defer { fileSystem.release(file) }
        var bytes: [UInt8] = []
        try fileSystem.read(file, at: 0, count: 65536) { pieces in bytes = pieces.flatMap { Array($0) } }
        guard !bytes.isEmpty else { return [] }
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return text.hasSuffix("\n") ? lines.dropLast() : lines
    }

    /// Writes once, as `printf` does; an instant clock has the answer before this returns.
    @discardableResult
    func write(_ text: String, to path: String) -> Result<Int, Errno> {
        do throws(Errno) {
            let file = try fileSystem.open(number(of: path), [.write, .truncate])
            defer { fileSystem.release(file) }
            let answer = Answer()
            let caller = Caller(pid: 1, uid: 0, gid: 0)
            fileSystem.write(file, at: 0, Array(text.utf8), caller, Completion { answer.take($0) })
            return answer.result
        } catch {
            return .failure(error)
        }
    }

    /// What is in a directory, as stat(2) and readlink(2) say it.
    func list(_ path: String) throws(Errno) -> [(name: String, attributes: FileAttributes, target: String?)] {
        let folder = try fileSystem.resolve(path)
        return try fileSystem.list(folder).map { entry throws(Errno) in
            let target = entry.kind == .link ? try fileSystem.readLink(entry.number) : nil
            return (entry.name, try fileSystem.attributes(entry.number), target)
        }
    }
}

/// The answer to a write; the request's own failure to come is an error of its own.
private final class Answer: Sendable {
    private let box = Mutex<Result<Int, Errno>>(.failure(.timedOut))

    func take(_ result: Result<Int, Errno>) { box.withLock { $0 = result } }
    var result: Result<Int, Errno> { box.withLock { $0 } }
}
