import KernFS
import SystemPackage
import Testing

@Suite("Files answer as sysfs, debugfs and procfs of 3.4 do", .serialized)
struct FileConformanceTests {
    @Test("sizes and modes are those of the kernel", arguments: Transport.available)
    func statuses(transport: Transport) throws {
        let tree = try transport.machine()
        #expect(try tree.status(Path.enabled).mode == 0o444)
        #expect(try tree.status(Path.registered).mode == 0o644)
        #expect(try tree.status(Path.registered).size == 65536)
        #expect(try tree.status(Path.region).mode == 0o444)
        #expect(try tree.status(Path.region).size == 0)
        #expect(try tree.status(Path.sysrq).mode == 0o200)
        #expect(!tree.exists(Path.release))
        #expect(!tree.exists(Path.vmcore))
        try tree.echo("1", to: Path.registered)
        try tree.echo("c", to: Path.sysrq)
        #expect(try tree.status(Path.release).mode == 0o200)
        #expect(try tree.status(Path.vmcore).mode == 0o400)
        #expect(try tree.status(Path.vmcore).size > 1 << 30)
    }

    @Test(
        "a 0444 file refuses writing and a 0200 file reading with EACCES, for root too",
        arguments: Transport.available
    )
    func access(transport: Transport) throws {
        let tree = try transport.machine()
        #expect(throws: Errno.permissionDenied) { try tree.open(Path.enabled, .write) }
        #expect(throws: Errno.permissionDenied) { try tree.open(Path.enabled, [.read, .write]) }
        #expect(throws: Errno.invalidArgument) { try tree.open(Path.enabled, [.read, .direct]) }
        try tree.echo("1", to: Path.registered)
        try tree.echo("c", to: Path.sysrq)
        #expect(throws: Errno.permissionDenied) { try tree.open(Path.release, .read) }
    }

    @Test(
        "writes count whatever their offset, are whole values, and are cut at a page",
        arguments: Transport.available
    )
    func writes(transport: Transport) throws {
        let tree = try transport.machine()
        let file = try tree.open(Path.registered, [.read, .write])
        defer { tree.close(file) }
        #expect(try tree.write(file, at: 1 << 40, [UInt8(ascii: "1")]) == 1)
        #expect(try tree.text(Path.registered) == "1\n")
        #expect(throws: Errno.invalidArgument) { try tree.write(file, at: 0, [UInt8(ascii: "1")]) }
        #expect(try tree.write(file, at: 3, Array(repeating: UInt8(ascii: "0"), count: 70000)) == 65536)
        #expect(try tree.text(Path.registered) == "0\n")
        #expect(throws: Errno.invalidArgument) { try tree.write(file, at: 0, Array("x".utf8)) }
        #expect(throws: Errno.invalidArgument) { try tree.echo("0", to: Path.registered) }
    }

    @Test(
        "what an open file reads is refreshed at its start and after its own write",
        arguments: Transport.available
    )
    func refresh(transport: Transport) throws {
        let tree = try transport.machine()
        let file = try tree.open(Path.registered, [.read, .write])
        defer { tree.close(file) }
        #expect(try tree.read(file, at: 0, count: 1) == [UInt8(ascii: "0")])
        try tree.echo("1", to: Path.registered)
        #expect(try tree.read(file, at: 1, count: 10) == [10])
        #expect(try tree.read(file, at: 2, count: 10).isEmpty)
        #expect(try tree.read(file, at: 0, count: 10) == Array("1\n".utf8))
    }

    @Test(
        "truncating succeeds; in debugfs alone it changes the size that stat shows",
        arguments: Transport.available
    )
    func truncation(transport: Transport) throws {
        let tree = try transport.machine()
        try tree.truncate(Path.registered, to: 0)
        try tree.truncate(Path.enabled, to: 100)
        try tree.truncate(Path.region, to: 100)
        #expect(try tree.status(Path.enabled).size == 65536)
        #expect(try tree.status(Path.region).size == 100)
        #expect(try tree.text(Path.region).hasPrefix("CPU : ["))
    }

    @Test(
        "seeking to the end gives a page in sysfs, the size of a vmcore, and EINVAL in a sequential file",
        arguments: Transport.available
    )
    func seekToEnd(transport: Transport) throws {
        let tree = try transport.machine()
        try tree.echo("1", to: Path.registered)
        try tree.echo("c", to: Path.sysrq)
        let files = try [Path.registered, Path.region, Path.vmcore].map { try tree.open($0, .read) }
        defer { for file in files { tree.close(file) } }
        #expect(try tree.seekToEnd(files[0]) == 65536)
        #expect(throws: Errno.invalidArgument) { try tree.seekToEnd(files[1]) }
        #expect(try tree.seekToEnd(files[2]) == tree.status(Path.vmcore).size)
        try tree.echo("1", to: Path.release)
        #expect(throws: Errno.invalidArgument) { try tree.seekToEnd(files[2]) }
    }

    @Test(
        "what a mode change opens is EIO where nothing shows or stores",
        arguments: Transport.available
    )
    func openedByMode(transport: Transport) throws {
        let tree = try transport.machine()
        try tree.changeMode(Path.enabled, 0o666)
        #expect(throws: Errno.ioError) { try tree.echo("1", to: Path.enabled) }
        try tree.echo("1", to: Path.registered)
        try tree.echo("c", to: Path.sysrq)
        try tree.changeMode(Path.release, 0o666)
        #expect(throws: Errno.ioError) { try tree.text(Path.release) }
    }

    @Test("a mode really changes, until the boot ends", arguments: Transport.available)
    func chmod(transport: Transport) throws {
        let tree = try transport.machine()
        try tree.changeMode(Path.enabled, 0o600)
        #expect(try tree.status(Path.enabled).mode == 0o600)
        try tree.echo("reset", to: Path.control)
        #expect(try tree.status(Path.enabled).mode == 0o444)
    }

    @Test(
        "nothing can be made or removed: ENOENT in sysfs and procfs, EPERM and EACCES in debugfs",
        arguments: Transport.available
    )
    func names(transport: Transport) throws {
        let tree = try transport.machine()
        #expect(throws: Errno.noSuchFileOrDirectory) { try tree.create("sys/kernel/new") }
        #expect(throws: Errno.noSuchFileOrDirectory) { try tree.makeDirectory("sys/kernel/new") }
        #expect(throws: Errno.noSuchFileOrDirectory) { try tree.makeDirectory("proc/new") }
        #expect(throws: Errno.permissionDenied) { try tree.create("sys/kernel/debug/new") }
        #expect(throws: Errno.notPermitted) { try tree.makeDirectory("sys/kernel/debug/new") }
        for path in [Path.enabled, Path.region, "proc/cmdline"] {
            #expect(throws: Errno.notPermitted) { try tree.remove(path) }
        }
        #expect(throws: Errno.noSuchFileOrDirectory) { try tree.remove("sys/kernel/nothing") }
    }

    @Test(
        "writing to a file without a store is EINVAL in debugfs and EIO for vmcore",
        arguments: Transport.available
    )
    func storeless(transport: Transport) throws {
        let tree = try transport.machine()
        try tree.echo("1", to: Path.registered)
        try tree.echo("c", to: Path.sysrq)
        #expect(throws: Errno.invalidArgument) { try tree.echo("1", to: Path.region) }
        #expect(throws: Errno.ioError) { try tree.echo("1", to: Path.vmcore) }
    }

    @Test("the kernel's other files say what scripts look for", arguments: Transport.available)
    func others(transport: Transport) throws {
        let tree = try transport.machine(commandLine: "fadump=on panic=5 quiet")
        #expect(try tree.text("proc/cmdline") == "fadump=on panic=5 quiet\n")
        #expect(try tree.text("proc/sys/kernel/panic") == "5\n")
        try tree.echo("1\n", to: "proc/sys/kernel/panic_on_oops")
        #expect(try tree.text("proc/sys/kernel/panic_on_oops") == "1\n")
        #expect(throws: Errno.invalidArgument) { try tree.echo("many", to: "proc/sys/kernel/panic") }
        #expect(try tree.text("sys/kernel/kexec_crash_size") == "0\n")
        #expect(try tree.text("sys/kernel/vmcoreinfo") == "7653d8 1000\n")
        #expect(try tree.text("proc/iomem") == "00000000-7fffffff : System RAM\n")
        let rtas = try tree.list("proc/device-tree/rtas")
        #expect(rtas.contains("ibm,configure-kernel-dump-sizes"))
        #expect(try tree.list("proc/device-tree/rtas") == rtas)
        #expect(try tree.text("proc/device-tree/chosen/bootargs") == "fadump=on panic=5 quiet\0")
    }
}
