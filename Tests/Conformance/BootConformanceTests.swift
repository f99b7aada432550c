import KernFS
import SystemPackage
import Testing

@Suite("Files over boots", .serialized)
struct BootConformanceTests {
    @Test(
        "a descriptor of an earlier boot is ENODEV, its stat and close work, and directories keep their numbers",
        arguments: Transport.available
    )
    func earlierBoot(transport: Transport) throws {
        let tree = try transport.machine()
        let directory = try tree.status("sys/kernel").number
        let control = try tree.status(Path.control).number
        let number = try tree.status(Path.registered).number
        let file = try tree.open(Path.registered, [.read, .write])
        defer { tree.close(file) }
        try tree.echo("1", to: Path.registered)
        try tree.echo("c", to: Path.sysrq)
        #expect(throws: Errno.operationNotSupportedByDevice) { try tree.read(file, at: 0, count: 10) }
        #expect(throws: Errno.operationNotSupportedByDevice) { try tree.write(file, at: 0, [49]) }
        #expect(try tree.status(of: file).mode == 0o644)
        #expect(try tree.status("sys/kernel").number == directory)
        #expect(try tree.status(Path.control).number == control)
        #expect(try tree.status(Path.registered).number != number)
    }

    @Test(
        "a vmcore held over the release reads EIO and keeps its stat; the name is gone at once",
        arguments: Transport.available
    )
    func release(transport: Transport) throws {
        let tree = try transport.machine()
        try tree.echo("1", to: Path.registered)
        try tree.echo("c", to: Path.sysrq)
        let file = try tree.open(Path.vmcore, .read)
        defer { tree.close(file) }
        #expect(try tree.read(file, at: 0, count: 4) == [0x7f, 0x45, 0x4c, 0x46])
        let size = try tree.status(Path.vmcore).size
        #expect(try tree.read(file, at: size - 1, count: 100).count == 1)
        #expect(try tree.read(file, at: size, count: 100).isEmpty)
        for value in ["0", "x", "2", "\n1"] {
            #expect(throws: Errno.invalidArgument) { try tree.echo(value, to: Path.release) }
        }
        #expect(try tree.echo("1\n", to: Path.release) == 2)
        #expect(!tree.exists(Path.vmcore))
        #expect(throws: Errno.ioError) { try tree.read(file, at: 0, count: 4) }
        #expect(try tree.status(of: file).size == size)
        #expect(throws: Errno.notPermitted) { try tree.echo("1", to: Path.release) }
        #expect(tree.exists(Path.release))
    }

    @Test(
        "with the power off only the control directory and empty directories are there",
        arguments: Transport.available
    )
    func powerOff(transport: Transport) throws {
        let tree = try transport.machine()
        try tree.echo("power-off", to: Path.control)
        #expect(!tree.exists(Path.enabled))
        #expect(try tree.text("machine/status").contains("\"power\" : \"off\""))
        try tree.echo("power-on", to: Path.control)
        #expect(try tree.text(Path.enabled) == "1\n")
    }

    @Test(
        "memory is planted before the crash and found after it; what is preserved refuses writes",
        arguments: Transport.available
    )
    func memory(transport: Transport) throws {
        let tree = try transport.machine()
        let memory = try tree.open(Path.memory, [.read, .write])
        defer { tree.close(memory) }
        let text = Array("planted".utf8)
        #expect(try tree.write(memory, at: 0x123_4567, text) == text.count)
        try tree.echo("1", to: Path.registered)
        try tree.echo("c", to: Path.sysrq)
        #expect(try tree.read(memory, at: 0x123_4567, count: 7) == Array(repeating: 0, count: 7))
        #expect(try tree.read(memory, at: 0x6fff_1020 + 0x123_4567, count: 7) == text)
        #expect(throws: Errno.notPermitted) { try tree.write(memory, at: 0x5000_0000, text) }
        #expect(try tree.write(memory, at: 0x100, text) == text.count)
        try tree.echo("1", to: Path.release)
        #expect(try tree.write(memory, at: 0x5000_0000, text) == text.count)
    }
}
