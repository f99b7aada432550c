import CoreFile
import Dispatch
import KernFS
import KernelTree
import Machine
import PhysicalMemory
import Synchronization
import SystemPackage

/// A machine and its tree without any mount: what a request costs behind the transport.
final class Bench {
    static let attributes = "sys/kernel/fadump"
    static let registered = attributes + "/registered"
    static let release = "sys/kernel/fadump/release_mem"
    static let sysrq = "proc/sysrq-trigger"
    /// Memory that holds something, outside of boot memory.
    static let window: Range<UInt64> = (224 << 20)..<(225 << 20)

    let configuration: MachineConfiguration
    private let machine: Machine
    private let fileSystem = FileSystem(owner: Caller(pid: 1, uid: 0, gid: 0))
    private let tree: LiveTree
    /// The directory of the attributes, found once, as by the host's kernel.
    private let attributes: UInt64

    init(_ configuration: MachineConfiguration) throws(Errno) {
        self.configuration = configuration
        machine = try Machine(configuration)
        tree = LiveTree(machine, fileSystem)
        machine.start()
        attributes = try fileSystem.resolve(Self.attributes)
    }

    /// Bytes that the file gave, which are not looked at.
    func read(_ path: String, at offset: UInt64, count: Int) throws(Errno) -> Int {
        try read(fileSystem.resolve(path), at: offset, count: count)
    }

    /// What `cat` makes of a file whose directory the host's kernel remembers: it looks the name up, opens and reads.
    func cat(_ attribute: String) throws(Errno) -> Int {
        try read(fileSystem.lookup(attributes, attribute).number, at: 0, count: 4096)
    }

    private func read(_ number: UInt64, at offset: UInt64, count: Int) throws(Errno) -> Int {
        let file = try fileSystem.open(number, .read)
        defer { fileSystem.release(file) }
        var total = 0
        try fileSystem.read(file, at: offset, count: count) { pieces in
            total = pieces.reduce(0) { $0 + $1.count }
        }
        return total
    }

    /// What `echo TEXT > PATH` does.
    func echo(_ text: String, to path: String) throws(Errno) {
        let file = try fileSystem.open(fileSystem.resolve(path), [.write, .truncate])
        defer { fileSystem.release(file) }
        let answer = Mutex<Result<Int, Errno>?>(nil)
        let given = DispatchSemaphore(value: 0)
        let caller = Caller(pid: 1, uid: 0, gid: 0)
        let completion = Completion<Int> { result in
            answer.withLock { $0 = result }
            given.signal()
        }
        fileSystem.write(file, at: 0, Array(text.utf8), caller, completion)
        given.wait()
        _ = try (answer.withLock { $0 } ?? .failure(.ioError)).get()
    }

    func plant(at address: UInt64, count: Int) throws(Errno) {
        try machine.writeMemory(Array(repeating: 1, count: count), at: address)
    }

    /// Reads the dump where it shows the memory at `address`.
    func readDump(at address: UInt64, count: Int) throws -> Int {
        let core = try machine.vmcore.orThrow(Errno.noSuchFileOrDirectory).core
        let segment = core.programHeaders.first {
            $0.type == .load && address &- $0.physicalAddress < $0.fileSize
        }
        let header = try segment.orThrow(Errno.badAddress)
        return try read("proc/vmcore", at: header.offset + (address - header.physicalAddress), count: count)
    }
}

extension Optional {
    func orThrow<Failure: Error>(_ error: Failure) throws(Failure) -> Wrapped {
        guard let self else { throw error }
        return self
    }
}
