import Dispatch
import KernFS
import KernelTree
import Machine
import Synchronization
import SystemPackage

/// A machine's tree without any mount.
final class InProcessTree: TreeAccess {
    private let machine: Machine
    private let fileSystem = FileSystem(owner: Caller(pid: 1, uid: 0, gid: 0))
    private let tree: LiveTree

    init(_ configuration: MachineConfiguration) throws {
        machine = try Machine(configuration)
        tree = LiveTree(machine, fileSystem)
        machine.start()
    }

    func open(_ path: String, _ mode: OpenMode) throws(Errno) -> Int {
        Int(try fileSystem.open(fileSystem.resolve(path), mode))
    }

    func read(_ file: Int, at offset: UInt64, count: Int) throws(Errno) -> [UInt8] {
        var bytes: [UInt8] = []
        try fileSystem.read(UInt64(file), at: offset, count: count) { pieces in
            bytes = pieces.flatMap { Array($0) }
        }
        return bytes
    }

    func write(_ file: Int, at offset: UInt64, _ bytes: [UInt8]) throws(Errno) -> Int {
        let answer = Mutex<Result<Int, Errno>?>(nil)
        let given = DispatchSemaphore(value: 0)
        fileSystem.write(
            UInt64(file),
            at: offset,
            bytes,
            Caller(pid: 1, uid: 0, gid: 0),
            Completion { result in
                answer.withLock { $0 = result }
                given.signal()
            }
        )
        given.wait()
        return try (answer.withLock { $0 } ?? .failure(.ioError)).get()
    }

    func seekToEnd(_ file: Int) throws(Errno) -> UInt64 {
        try fileSystem.attributesForSeekingToEnd(UInt64(file)).size
    }

    func close(_ file: Int) { fileSystem.release(UInt64(file)) }

    func status(_ path: String) throws(Errno) -> Status {
        Status(try fileSystem.attributes(fileSystem.resolve(path)))
    }

    func status(of file: Int) throws(Errno) -> Status {
        Status(try fileSystem.attributes(ofOpen: UInt64(file)))
    }

    func changeMode(_ path: String, _ mode: UInt16) throws(Errno) {
        _ = try fileSystem.change(fileSystem.resolve(path), AttributeChanges(mode: mode))
    }

    func truncate(_ path: String, to size: UInt64) throws(Errno) {
        _ = try fileSystem.change(fileSystem.resolve(path), AttributeChanges(size: size))
    }

    func create(_ path: String) throws(Errno) {
        throw fileSystem.refusalToCreate(in: try parent(path).number)
    }

    func makeDirectory(_ path: String) throws(Errno) {
        throw fileSystem.refusalToName(in: try parent(path).number)
    }

    func remove(_ path: String) throws(Errno) {
        let (number, name) = try parent(path)
        throw fileSystem.refusalToRemove(name, from: number)
    }

    func list(_ path: String) throws(Errno) -> [String] {
        try fileSystem.list(fileSystem.resolve(path)).map(\.name)
    }

    private func parent(_ path: String) throws(Errno) -> (number: UInt64, name: String) {
        var parts = path.split(separator: "/").map(String.init)
        let name = parts.popLast() ?? ""
        return (try fileSystem.resolve(parts.joined(separator: "/")), name)
    }
}

extension Status {
    init(_ attributes: FileAttributes) {
        self.init(number: attributes.number, mode: attributes.mode, size: attributes.size)
    }
}
