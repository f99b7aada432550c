import KernFS
import Synchronization
import SystemPackage
import Testing

/// A large file with nothing in it.
private final class Nothing: Blob {
    let size: UInt64 = 0

    func read(at offset: UInt64, count: Int, _ body: ([UnsafeRawBufferPointer]) -> Void) throws(Errno) {
        body([])
    }
    func write(at offset: UInt64, _ bytes: [UInt8]) throws(Errno) -> Int { throw .ioError }
    func seekData(from offset: UInt64) throws(Errno) -> UInt64 { throw .noSuchAddressOrDevice }
    func seekHole(from offset: UInt64) throws(Errno) -> UInt64 { throw .noSuchAddressOrDevice }
}

@Suite("What was read of large files before")
struct ForgettingTests {
    private let fileSystem = FileSystem(owner: Caller(pid: 1, uid: 0, gid: 0))

    private func install(boot: UInt64) {
        func blob(_ name: String) -> Node {
            .blob(name, mode: 0o400, Conventions(), open: { () throws(Errno) in Nothing() }, size: { 0 })
        }
        let attribute = Node.attribute(
            "small",
            mode: 0o444,
            Conventions(),
            show: { () throws(Errno) in [] },
            store: nil
        )
        fileSystem.install(boot: boot, [blob("one"), blob("two"), attribute])
    }

    @Test("the pages of those that are open are forgotten, once each, and of one whose boot is over too")
    func forgetting() throws {
        // Without anybody who keeps pages there is nothing to do.
        fileSystem.forgetContents()
        let forgotten = Mutex<[UInt64]>([])
        fileSystem.forgetsPages { number in forgotten.withLock { $0.append(number) } }
        install(boot: 1)
        let one = try fileSystem.resolve("one")
        let files = [try fileSystem.open(one, .read), try fileSystem.open(one, .read)]
        _ = try fileSystem.open(fileSystem.resolve("small"), .read)
        let two = try fileSystem.open(fileSystem.resolve("two"), .read)
        fileSystem.release(two)
        fileSystem.forgetContents()
        #expect(forgotten.withLock { $0 } == [one])

        fileSystem.endBoot()
        install(boot: 2)
        let new = try fileSystem.resolve("one")
        _ = try fileSystem.open(new, .read)
        fileSystem.forgetContents()
        #expect(forgotten.withLock { Set($0.dropFirst()) } == [one, new])
        for file in files { fileSystem.release(file) }
        forgotten.withLock { $0 = [] }
        fileSystem.forgetContents()
        #expect(forgotten.withLock { $0 } == [new])
    }
}
