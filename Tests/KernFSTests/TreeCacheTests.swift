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

/// Writes down what it is to forget.
private final class Cache: TreeCache {
    private let pages = Mutex<[UInt64]>([])
    private let attributes = Mutex<[UInt64]>([])
    private let names = Mutex<[String]>([])

    func forgetPages(of number: UInt64) { pages.withLock { $0.append(number) } }
    func forgetAttributes(of number: UInt64) { attributes.withLock { $0.append(number) } }
    func forgetName(_ name: String, in directory: UInt64) {
        names.withLock { $0.append("\(directory)/\(name)") }
    }

    /// What it was told since the last time.
    func takePages() -> [UInt64] { Self.take(pages) }
    func takeNames() -> [String] { Self.take(names) }
    func takeAttributes() -> Set<UInt64> { Set(Self.take(attributes)) }

    private static func take<Value>(_ told: borrowing Mutex<[Value]>) -> [Value] {
        told.withLock { told in
            defer { told = [] }
            return told
        }
    }
}

@Suite("What the kernel remembers")
struct TreeCacheTests {
    private let fileSystem = FileSystem(owner: Caller(pid: 1, uid: 0, gid: 0))
    private let cache = Cache()

    private static var sysfs: Conventions {
        var conventions = Conventions()
        conventions.size = .fixed(4096)
        conventions.seeking = .bySize
        return conventions
    }

    private func attribute(_ name: String, presence: Node.Presence = .settled(true)) -> Node {
        .attribute(
            name,
            mode: 0o444,
            Self.sysfs,
            show: { () throws(Errno) in [] },
            store: nil,
            presence: presence
        )
    }

    private func blob(_ name: String) -> Node {
        .blob(name, mode: 0o400, Conventions(), open: { () throws(Errno) in Nothing() }, size: { 0 })
    }

    private func lookup(_ path: String) throws -> UInt64 {
        var number = FileSystem.rootNumber
        for name in path.split(separator: "/") {
            number = try fileSystem.lookup(number, String(name)).number
        }
        return number
    }

    @Test("the pages of those that are open are forgotten, once each, and of one whose boot is over too")
    func pages() throws {
        let nodes = [blob("one"), blob("two"), attribute("small")]
        // Without a cache there is nothing to do.
        fileSystem.forgetContents()
        fileSystem.isCached(by: cache)
        fileSystem.install(boot: 1, nodes)
        let one = try fileSystem.resolve("one")
        let files = [try fileSystem.open(one, .read), try fileSystem.open(one, .read)]
        _ = try fileSystem.open(fileSystem.resolve("small"), .read)
        let two = try fileSystem.open(fileSystem.resolve("two"), .read)
        fileSystem.release(two)
        fileSystem.forgetContents()
        #expect(cache.takePages() == [one])

        fileSystem.endBoot()
        fileSystem.install(boot: 2, nodes)
        let new = try fileSystem.resolve("one")
        _ = try fileSystem.open(new, .read)
        fileSystem.forgetContents()
        #expect(Set(cache.takePages()) == [one, new])
        for file in files { fileSystem.release(file) }
        fileSystem.forgetContents()
        #expect(cache.takePages() == [new])
    }

    @Test("directories and what is settled and of fixed size may be remembered until the boot is over")
    func remembered() throws {
        fileSystem.isCached(by: cache)
        fileSystem.install(
            boot: 1,
            [
                .directory(
                    "kernel",
                    Self.sysfs,
                    [
                        attribute("stays"), attribute("goes", presence: .asked { true }),
                        attribute("unasked"), .link("link", to: "stays", Self.sysfs),
                        .attribute("procfs", mode: 0o444, Conventions(), show: { [] }, store: nil),
                    ]
                ), blob("blob"),
            ]
        )
        func mayBeRemembered(_ path: String) throws -> Bool {
            try fileSystem.attributes(lookup(path)).mayBeRemembered
        }
        #expect(try mayBeRemembered("kernel"))
        #expect(try mayBeRemembered("kernel/stays"))
        for name in ["kernel/goes", "kernel/procfs", "kernel/link", "blob"] {
            #expect(try !mayBeRemembered(name), "\(name)")
        }
        let file = try lookup("kernel/stays")
        #expect(cache.takeAttributes() == [])
        fileSystem.endBoot()
        // Directories stay.
        #expect(cache.takeAttributes() == [file])
        #expect(cache.takeNames() == [])
    }

    @Test("of what somebody holds open the name is forgotten as well, because its attributes are known on")
    func held() throws {
        fileSystem.isCached(by: cache)
        fileSystem.install(
            boot: 1,
            [.directory("kernel", Self.sysfs, [attribute("held"), attribute("free")])]
        )
        let directory = try lookup("kernel")
        let held = try lookup("kernel/held")
        let free = try lookup("kernel/free")
        _ = try fileSystem.open(held, .read)
        fileSystem.endBoot()
        #expect(cache.takeNames() == ["\(directory)/held"])
        #expect(cache.takeAttributes() == [held, free])
        #expect(try fileSystem.attributes(held).number == held)
        #expect(throws: Errno.staleNFSFileHandle) { try fileSystem.attributes(free) }
    }

    @Test("a directory that the next boot does not have is stale, until one has it again")
    func directories() throws {
        fileSystem.isCached(by: cache)
        func install(boot: UInt64, _ presence: Node.Presence?) {
            let fadump = presence.map { Node.directory("fadump", Self.sysfs, [], presence: $0) }
            fileSystem.install(boot: boot, [.directory("kernel", Self.sysfs, [fadump].compactMap { $0 })])
        }
        install(boot: 1, .settled(true))
        let number = try lookup("kernel/fadump")
        for (boot, presence) in [(2, nil), (3, .settled(false))] as [(UInt64, Node.Presence?)] {
            fileSystem.endBoot()
            // As long as no kernel runs, it stays.
            #expect(try lookup("kernel/fadump") == number)
            _ = cache.takeAttributes()
            install(boot: boot, presence)
            #expect(cache.takeAttributes().contains(number))
            #expect(throws: Errno.staleNFSFileHandle) { try fileSystem.attributes(number) }
            #expect(throws: Errno.noSuchFileOrDirectory) { try lookup("kernel/fadump") }
            install(boot: boot + 10, .settled(true))
            #expect(try fileSystem.attributes(lookup("kernel/fadump")).number == number)
        }
    }
}
