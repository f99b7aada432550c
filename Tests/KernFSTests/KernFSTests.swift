import KernFS
import Synchronization
import SystemPackage
import Testing

/// A small tree whose one value can be shown and stored.
final class Fixture: Sendable {
    let fileSystem = FileSystem(owner: Caller(pid: 1, uid: 0, gid: 0))
    let value = Mutex("1\n")
    let stored = Mutex<[[UInt8]]>([])
    let isPresent = Mutex(true)
    let log = ByteLog(limit: 100)

    init(boot: UInt64 = 1) { install(boot: boot) }

    func install(boot: UInt64) {
        var files = Conventions()
        files.size = .fixed(65536)
        files.needsModeBitToOpen = true
        files.maximumWrite = 8
        files.refresh = .atStartOrAfterWrite
        files.seeking = .bySize
        files.pollsUnreadAsChanged = true
        files.create = .noSuchFileOrDirectory
        let show: Node.Show = { [self] () throws(Errno) in Array(value.withLock { $0 }.utf8) }
        let store: Node.Store = { [self] request in
            stored.withLock { $0.append(request.bytes) }
            request.completion.succeed(request.bytes.count)
        }
        fileSystem.install(
            boot: boot,
            [
                .directory(
                    "kernel",
                    files,
                    [
                        .attribute("both", mode: 0o644, files, show: show, store: store),
                        .attribute("shown", mode: 0o444, files, show: show, store: nil),
                        .attribute("stored", mode: 0o200, files, show: nil, store: store),
                        .attribute(
                            "sometimes",
                            mode: 0o444,
                            files,
                            show: show,
                            store: nil,
                            presence: .asked { [self] in isPresent.withLock { $0 } }
                        ),
                        .link("alias", to: "both"),
                    ]
                ),
                .directory("control", files, [.log("log", mode: 0o444, files, log)]).permanent(),
            ]
        )
    }

    func open(_ path: String, _ mode: OpenMode = .read) throws(Errno) -> UInt64 {
        try fileSystem.open(fileSystem.resolve(path), mode)
    }

    func read(_ file: UInt64, at offset: UInt64 = 0, count: Int = 100) throws(Errno) -> String {
        var text = ""
        try fileSystem.read(file, at: offset, count: count) { pieces in
            text = String(decoding: pieces.flatMap { Array($0) }, as: UTF8.self)
        }
        return text
    }

    func write(_ file: UInt64, at offset: UInt64 = 0, _ text: String) -> Result<Int, Errno> {
        let result = Mutex<Result<Int, Errno>>(.failure(.timedOut))
        fileSystem.write(
            file,
            at: offset,
            Array(text.utf8),
            Caller(pid: 1, uid: 0, gid: 0),
            Completion { answer in result.withLock { $0 = answer } }
        )
        return result.withLock { $0 }
    }
}

@Suite("The pseudo file system")
struct KernFSTests {
    @Test("a value is kept for an open file, and shown anew at offset 0 and after a write")
    func refresh() throws {
        let fixture = Fixture()
        let file = try fixture.open("/kernel/both", [.read, .write])
        #expect(try fixture.read(file) == "1\n")
        fixture.value.withLock { $0 = "22\n" }
        #expect(try fixture.read(file, at: 1) == "\n")
        #expect(fixture.write(file, "x") == .success(1))
        #expect(try fixture.read(file, at: 1) == "2\n")
        fixture.value.withLock { $0 = "3\n" }
        #expect(try fixture.read(file) == "3\n")
    }

    @Test("a zero-length write returns 0 and calls nothing; a long one passes only so much on")
    func writes() throws {
        let fixture = Fixture()
        let file = try fixture.open("/kernel/stored", .write)
        #expect(fixture.write(file, "") == .success(0))
        #expect(fixture.stored.withLock { $0 }.isEmpty)
        #expect(fixture.write(file, at: 4096, "0123456789") == .success(8))
        #expect(fixture.stored.withLock { $0 } == [Array("01234567".utf8)])
    }

    @Test(
        "a mode bit that nobody has refuses even root",
        arguments: [("shown", OpenMode.write), ("stored", .read), ("stored", [.read, .write])]
            as [(String, OpenMode)]
    )
    func modes(name: String, mode: OpenMode) {
        let fixture = Fixture()
        #expect(throws: Errno.permissionDenied) { try fixture.open("/kernel/" + name, mode) }
    }

    @Test("chmod gives the bit, until the boot ends; what does not store refuses the write then")
    func chmod() throws {
        let fixture = Fixture()
        let number = try fixture.fileSystem.resolve("/kernel/shown")
        #expect(try fixture.fileSystem.change(number, AttributeChanges(mode: 0o666)).mode == 0o666)
        let file = try fixture.open("/kernel/shown", .write)
        #expect(fixture.write(file, "1") == .failure(.invalidArgument))
        fixture.install(boot: 2)
        let again = try fixture.fileSystem.resolve("/kernel/shown")
        #expect(try fixture.fileSystem.attributes(again).mode == 0o444)
    }

    @Test(
        "files carry their boot: an earlier one is ENODEV to read, write, seek and poll, but has its stat and close"
    )
    func boots() throws {
        let fixture = Fixture()
        let number = try fixture.fileSystem.resolve("/kernel/both")
        _ = try fixture.fileSystem.lookup(fixture.fileSystem.resolve("/kernel"), "both")
        let file = try fixture.open("/kernel/both", [.read, .write])
        fixture.install(boot: 2)
        #expect(try fixture.fileSystem.resolve("/kernel/both") != number)
        #expect(throws: Errno.operationNotSupportedByDevice) { try fixture.read(file) }
        #expect(fixture.write(file, "1") == .failure(.operationNotSupportedByDevice))
        #expect(throws: Errno.operationNotSupportedByDevice) {
            try fixture.fileSystem.seek(file, from: 0, hole: true)
        }
        #expect(throws: Errno.operationNotSupportedByDevice) { try fixture.fileSystem.poll(file, wake: nil) }
        // Its name is looked up again by whoever opens it, or asks for it without having it open.
        #expect(throws: Errno.staleNFSFileHandle) { try fixture.fileSystem.open(number, .read) }
        #expect(try fixture.fileSystem.attributes(number).mode == 0o644)
        fixture.fileSystem.release(file)
        #expect(fixture.fileSystem.openFileCount == 0)
        #expect(throws: Errno.staleNFSFileHandle) { try fixture.fileSystem.attributes(number) }
        fixture.fileSystem.forget(number, count: 1)
        #expect(throws: Errno.staleNFSFileHandle) { try fixture.fileSystem.attributes(number) }
    }

    @Test("directories and permanent files keep number and open files over boots, and stay without one")
    func permanent() throws {
        let fixture = Fixture()
        let numbers = try ["/kernel", "/control", "/control/log"].map { try fixture.fileSystem.resolve($0) }
        let file = try fixture.open("/control/log")
        fixture.fileSystem.endBoot()
        #expect(throws: Errno.noSuchFileOrDirectory) { try fixture.fileSystem.resolve("/kernel/both") }
        fixture.install(boot: 2)
        #expect(
            try ["/kernel", "/control", "/control/log"].map { try fixture.fileSystem.resolve($0) } == numbers
        )
        fixture.log.append(Array("still here".utf8))
        #expect(try fixture.read(file) == "still here")
    }

    @Test("a file that is not present now is not found, listed or opened")
    func presence() throws {
        let fixture = Fixture()
        let number = try fixture.fileSystem.resolve("/kernel/sometimes")
        fixture.isPresent.withLock { $0 = false }
        #expect(throws: Errno.noSuchFileOrDirectory) { try fixture.fileSystem.resolve("/kernel/sometimes") }
        #expect(throws: Errno.staleNFSFileHandle) { try fixture.fileSystem.open(number, .read) }
        let names = try fixture.fileSystem.list(fixture.fileSystem.resolve("/kernel")).map(\.name)
        #expect(names == ["both", "shown", "stored", "alias"])
    }

    @Test("a log polls readable when there is more, and wakes whoever waits")
    func follow() throws {
        let fixture = Fixture()
        let file = try fixture.open("/control/log")
        let woken = Mutex(0)
        #expect(try fixture.fileSystem.poll(file, wake: { woken.withLock { $0 += 1 } }) == [])
        fixture.log.append([65])
        #expect(woken.withLock { $0 } == 1)
        #expect(try fixture.fileSystem.poll(file, wake: nil) == .readable)
        #expect(try fixture.read(file) == "A")
        #expect(try fixture.fileSystem.poll(file, wake: nil) == [])
    }

    @Test("a log that grew too long loses whole lines from its beginning, and tells who was reading there")
    func bounded() throws {
        let fixture = Fixture()
        let slow = try fixture.open("/control/log")
        for number in 10..<29 { fixture.log.append(Array("l\(number)\n".utf8)) }
        #expect(try fixture.read(slow, count: 4) == "l10\n")
        for number in 29..<37 { fixture.log.append(Array("l\(number)\n".utf8)) }
        #expect(fixture.log.count <= 100)
        #expect(throws: Errno.brokenPipe) { try fixture.read(slow, at: 4) }
        #expect(try fixture.read(slow).hasPrefix("l24\nl25\n"))
        #expect(try fixture.read(slow, at: 4, count: 4) == "l25\n")
        #expect(try fixture.read(slow).hasSuffix("l35\nl36\n"))
    }

    @Test("an unread attribute polls as changed")
    func pollUnread() throws {
        let fixture = Fixture()
        let file = try fixture.open("/kernel/shown")
        #expect(try fixture.fileSystem.poll(file, wake: nil).rawValue == 0xf)
        _ = try fixture.read(file)
        #expect(try fixture.fileSystem.poll(file, wake: nil).rawValue == 0x5)
    }

    @Test("names cannot be made or taken away, each refusal as its directory says")
    func refusals() throws {
        let fixture = Fixture()
        let kernel = try fixture.fileSystem.resolve("/kernel")
        #expect(fixture.fileSystem.refusalToCreate(in: kernel) == .noSuchFileOrDirectory)
        #expect(fixture.fileSystem.refusalToName(in: kernel) == .notPermitted)
        #expect(fixture.fileSystem.refusalToRemove("both", from: kernel) == .notPermitted)
        #expect(fixture.fileSystem.refusalToRemove("nothing", from: kernel) == .noSuchFileOrDirectory)
        #expect(try fixture.fileSystem.readLink(fixture.fileSystem.resolve("/kernel/alias")) == "both")
    }

    @Test("numbers that nobody gave out are errors")
    func unknown() {
        let fixture = Fixture()
        #expect(throws: Errno.staleNFSFileHandle) { try fixture.fileSystem.attributes(4711) }
        #expect(throws: Errno.badFileDescriptor) { try fixture.read(4711) }
        fixture.fileSystem.release(4711)
        fixture.fileSystem.forget(4711, count: .max)
    }

    @Test("a completion answers once; a dropped one answers EIO")
    func completion() {
        let answers = Mutex<[Result<Int, Errno>]>([])
        do {
            let completion = Completion<Int> { answer in answers.withLock { $0.append(answer) } }
            completion.succeed(1)
            completion.fail(.ioError)
        }
        do { _ = Completion<Int> { answer in answers.withLock { $0.append(answer) } } }
        #expect(answers.withLock { $0 } == [.success(1), .failure(.ioError)])
    }
}
