import KernFS
import KernelProfile
import KernelTree
import Machine
import PhysicalMemory
import SystemPackage
import Testing

@Suite("The tree of a boot")
struct KernelTreeTests {
    private func tree(
        _ change: (inout MachineConfiguration) -> Void = { _ in }
    ) throws -> (files: FileSystem, machine: Machine, tree: LiveTree) {
        var configuration = MachineConfiguration()
        change(&configuration)
        let machine = try Machine(configuration)
        let files = FileSystem(owner: Caller(pid: 1, uid: 0, gid: 0))
        let tree = LiveTree(machine, files)
        machine.start()
        return (files, machine, tree)
    }

    private func names(_ files: FileSystem, _ path: String) throws -> [String] {
        try files.list(files.resolve(path)).map(\.name)
    }

    private func bytes(_ files: FileSystem, _ path: String) throws -> [UInt8] {
        let file = try files.open(files.resolve(path), .read)
        defer { files.release(file) }
        var result: [UInt8] = []
        try files.read(file, at: 0, count: 65536) { pieces in result = pieces.flatMap { Array($0) } }
        return result
    }

    @Test("the files of the design document's kernel are there, and no others")
    func listing() throws {
        let (files, _, tree) = try tree()
        #expect(try names(files, "/") == ["machine", "sys", "proc"])
        #expect(
            try names(files, "/sys/kernel") == [
                "fadump_enabled", "fadump_registered", "kexec_loaded", "kexec_crash_loaded",
                "kexec_crash_size",
                "vmcoreinfo", "debug",
            ]
        )
        #expect(try names(files, "/machine") == ["status", "events", "dmesg", "memory", "control"])
        withExtendedLifetime(tree) {}
    }

    @Test("a platform without support has no fadump files and no dump properties")
    func unsupported() throws {
        let (files, _, tree) = try tree { $0.firmware = .none }
        #expect(try !names(files, "/sys/kernel").contains { $0.hasPrefix("fadump") })
        #expect(
            try names(files, "/proc/device-tree/rtas") == ["name", "ibm,os-term", "ibm,extended-os-term"]
        )
        withExtendedLifetime(tree) {}
    }

    @Test("the device tree has a memory node for each range, in big-endian cells")
    func memoryNodes() throws {
        let map = try MemoryMapSyntax.parse("0-1G,4G-5G")
        let (files, _, tree) = try tree { $0.memory = map }
        #expect(try names(files, "/proc/device-tree").contains("memory@100000000"))
        #expect(
            try bytes(files, "/proc/device-tree/memory@100000000/reg")
                == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0]
        )
        #expect(try files.attributes(files.resolve("/proc/device-tree/model")).size == 13)
        withExtendedLifetime(tree) {}
    }

    @Test("pages of 4 KiB make sysfs files of 4096 bytes")
    func pageSize() throws {
        let (files, _, tree) = try tree { $0.pageSize = 4096 }
        #expect(try files.attributes(files.resolve("/sys/kernel/fadump_registered")).size == 4096)
        withExtendedLifetime(tree) {}
    }

    @Test("status is JSON that says what the machine says, and every event is a line of JSON")
    func reports() throws {
        let (files, machine, tree) = try tree { $0.name = "reported" }
        let status = String(decoding: try bytes(files, "/machine/status"), as: UTF8.self)
        #expect(status.contains("\"name\" : \"reported\""))
        let lines = String(decoding: try bytes(files, "/machine/events"), as: UTF8.self).split(
            separator: "\n"
        )
        #expect(lines.count == machine.events.count)
        #expect(lines.allSatisfy { $0.hasPrefix("{\"boot\":") && $0.hasSuffix("}") })
        withExtendedLifetime(tree) {}
    }
}
