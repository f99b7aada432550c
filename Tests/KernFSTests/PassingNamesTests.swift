import KernFS
import Synchronization
import SystemPackage
import Testing

/// Names of processes, as a list that changes.
private final class Names: PassingNames {
    let names = Mutex(["1", "22"])

    func list() -> [PassingName] {
        names.withLock { $0 }.map { PassingName(name: $0, order: Int($0) ?? 0) }
    }

    func node(named name: String) -> Node? {
        switch name {
        case "hidden": .directory(name, Conventions(), [])
        case "self":
            .link(name) { (caller) throws(Errno) in
                guard caller.pid > 0 else { throw .noSuchFileOrDirectory }
                return "\(caller.pid)"
            }
        default: names.withLock { $0.contains(name) } ? .link(name, to: "hidden/" + name) : nil
        }
    }
}

@Suite("Names that come and go by themselves")
struct PassingNamesTests {
    private let fileSystem = FileSystem(owner: Caller(pid: 7, uid: 0, gid: 0))
    private let names = Names()

    init() {
        let file = Node.attribute("file", mode: 0o444, Conventions(), show: nil, store: nil)
        fileSystem.install(boot: 1, [file], passing: names)
    }

    private var listed: [String] {
        get throws { try fileSystem.list(FileSystem.rootNumber).map(\.name) }
    }

    @Test("are listed and found beside declared ones, and gone as soon as they are gone")
    func comeAndGo() throws {
        #expect(try listed == ["file", "1", "22"])
        let number = try fileSystem.lookup(FileSystem.rootNumber, "22").number
        #expect(try fileSystem.readLink(number) == "hidden/22")
        names.names.withLock { $0 = ["1"] }
        #expect(try listed == ["file", "1"])
        #expect(throws: Errno.noSuchFileOrDirectory) { try fileSystem.lookup(FileSystem.rootNumber, "22") }
        // Whoever knows the number still gets an answer.
        #expect(try fileSystem.readLink(number) == "hidden/22")
    }

    @Test("keep their number while it is known, which what is mounted on them needs; then it is forgotten")
    func numbers() throws {
        let first = try fileSystem.lookup(FileSystem.rootNumber, "hidden").number
        #expect(try fileSystem.lookup(FileSystem.rootNumber, "hidden").number == first)
        #expect(try fileSystem.list(FileSystem.rootNumber).allSatisfy { $0.number != first })
        fileSystem.forget(first, count: 1)
        #expect(try fileSystem.attributes(first).kind == .directory)
        fileSystem.forget(first, count: 1)
        #expect(throws: Errno.staleNFSFileHandle) { try fileSystem.attributes(first) }
        #expect(try fileSystem.lookup(FileSystem.rootNumber, "hidden").number == first)
    }

    @Test("a listing in pieces loses none that stays, whatever goes meanwhile")
    func pieces() throws {
        names.names.withLock { $0 = ["1", "22", "33", "44"] }
        var seen: [String] = []
        var position = 0
        func more() throws {
            var isFull = false
            try fileSystem.list(FileSystem.rootNumber, from: position) { entry in
                guard !isFull else { return false }
                seen.append(entry.name)
                position = entry.position + 1
                isFull = seen.count % 3 == 0
                return true
            }
        }
        try more()
        names.names.withLock { $0 = ["33", "44"] }
        try more()
        #expect(seen == ["file", "1", "22", "33", "44"])
    }

    @Test("a link can point somewhere else for each reader")
    func callers() throws {
        let number = try fileSystem.lookup(FileSystem.rootNumber, "self").number
        #expect(try fileSystem.readLink(number, Caller(pid: 12, uid: 0, gid: 0)) == "12")
        #expect(try fileSystem.readLink(number) == "7")
        #expect(throws: Errno.noSuchFileOrDirectory) {
            try fileSystem.readLink(number, Caller(pid: 0, uid: 0, gid: 0))
        }
    }
}
