import FadumpKernel
import KernelProfile
import PhysicalMemory
import Testing

private let megabyte: UInt64 = 1 << 20

@Suite("Boot memory, reservation and command line")
struct SizingTests {
    /// Machines that were recorded with a 3.4.113 kernel: RAM and command line, then what its log said, where the
    /// area began and how much boot memory there was.
    struct Recorded: Sendable, CustomTestStringConvertible {
        var memory: UInt64
        var rma: UInt64 = 256
        var commandLine = "fadump=on"
        var messages: [String]
        var area: UInt64
        var bootMemory: UInt64
        var testDescription: String { "\(memory)M, RMA \(rma)M, \(commandLine)" }
    }

    static let recorded: [Recorded] = [
        Recorded(
            memory: 2048,
            messages: ["Reserved 320MB of memory at 1727MB for firmware-assisted dump"],
            area: 0x6bff_0000,
            bootMemory: 0x1400_0000
        ),
        Recorded(
            memory: 8192,
            messages: ["Reserved 320MB of memory at 7871MB for firmware-assisted dump"],
            area: 0x1_ebff_0000,
            bootMemory: 0x1400_0000
        ),
        Recorded(
            memory: 16384,
            messages: ["Reserved 768MB of memory at 15615MB for firmware-assisted dump"],
            area: 0x3_cfff_0000,
            bootMemory: 0x3000_0000
        ),
        Recorded(
            memory: 2048,
            rma: 1024,
            messages: ["Reserved 1088MB of memory at 959MB for firmware-assisted dump"],
            area: 0x3bff_0000,
            bootMemory: 0x4400_0000
        ),
        Recorded(
            memory: 2048,
            commandLine: "fadump=on mem=1G",
            messages: [
                "Adjusted memory_limit for firmware-assisted dump, now 0x00000054010000",
                "Reserved 320MB of memory at 1024MB for firmware-assisted dump",
            ],
            area: 0x4000_0000,
            bootMemory: 0x1400_0000
        ),
        Recorded(
            memory: 2048,
            commandLine: "fadump=on fadump_reserve_mem=256M",
            messages: [
                "Adjusted memory_limit for firmware-assisted dump, now 0x00000020010000",
                "Reserved 256MB of memory at 256MB for firmware-assisted dump",
            ],
            area: 0x1000_0000,
            bootMemory: 0x1000_0000
        ),
        Recorded(
            memory: 2048,
            commandLine: "fadump=on fadump_reserve_mem=512M",
            messages: ["Adjusted memory_limit for firmware-assisted dump, now 0x00000040010000"],
            area: 0x2000_0000,
            bootMemory: 0x2000_0000
        ),
        Recorded(
            memory: 2048,
            commandLine: "fadump=on mem=2G fadump_reserve_mem=256M",
            messages: ["Reserved 256MB of memory at 1791MB for firmware-assisted dump"],
            area: 0x6fff_0000,
            bootMemory: 0x1000_0000
        ),
        Recorded(
            memory: 2048,
            commandLine: "fadump=on crashkernel=256M@64M",
            messages: ["Reserved 320MB of memory at 1727MB for firmware-assisted dump"],
            area: 0x6bff_0000,
            bootMemory: 0x1400_0000
        ),
        Recorded(
            memory: 1024,
            rma: 1024,
            messages: ["Reserved 1088MB of memory at 17592186044351MB for firmware-assisted dump"],
            area: 0xffff_ffff_fbff_0000,
            bootMemory: 0x4400_0000
        ),
    ]

    @Test("linux-3.4 reserves what a recorded 3.4.113 reserved, and says so", arguments: recorded)
    func recordedMachines(machine: Recorded) throws {
        let bench = try Bench(
            .linux34,
            memory: MemoryMap(size: machine.memory * megabyte),
            commandLine: machine.commandLine,
            rma: machine.rma * megabyte,
            maximumCPUs: 2
        )
        let area = try #require(bench.kernel.reservedArea)
        #expect(area.start == machine.area)
        #expect(area.bootMemorySize == machine.bootMemory)
        for message in machine.messages { #expect(bench.log.contains(message)) }
    }

    @Test(
        "rfc-v7 takes the larger of 5 % rounded down to 256 MB and 256 MB",
        arguments: [(2, 256), (5, 256), (8, 256), (10, 512), (16, 768), (64, 3072)] as [(UInt64, UInt64)]
    )
    func designDocument(gigabytes: UInt64, bootMemory: UInt64) throws {
        let bench = try Bench(memory: MemoryMap(size: gigabytes << 30))
        let expected = gigabytes == 10 ? 512 * megabyte : bootMemory * megabyte
        #expect(bench.kernel.reservedArea?.bootMemorySize == expected)
    }

    @Test("the design document's machine has its area at the addresses of its example")
    func example() throws {
        let area = try #require(try Bench().kernel.reservedArea)
        #expect(area.start == 0x6ffb_0000)
        #expect(area.hpte == 0x6fff_0020)
        #expect(area.bootMemoryCopy == 0x6fff_1020)
        #expect(area.crashInfoHeader == 0x7fff_1020)
        #expect(area.end == 0x8000_0000)
    }

    @Test("rfc-v7 does not reserve what does not fit, and kdump has its turn")
    func doesNotFit() throws {
        let bench = try Bench(
            memory: MemoryMap(size: 512 * megabyte),
            commandLine: "fadump=on crashkernel=64M@128M"
        )
        #expect(bench.kernel.reservedArea == nil)
        #expect(bench.kernel.status == .disabled)
        #expect(bench.log.contains("Failed to reserve memory"))
        #expect(bench.log.contains("Reserving 64MB of memory at 128MB for crashkernel (System RAM: 512MB)"))
        #expect(bench.show(.fadumpEnabled) == "0\n")
        #expect(bench.show(.kexecCrashSize) == "\(64 * megabyte)\n")
    }

    @Test(
        "only the first letters of fadump= count, and the last one wins",
        arguments: [
            ("fadump=on", true), ("fadump=once", true), ("fadump=off", false), ("fadump=offer", false),
            ("", false), ("fadump=1", false), ("fadump=ON", false), ("fadump=on fadump=off", false),
            ("fadump=off fadump=on", true), ("fadump=on fadump=foo", true), ("xfadump=on", false),
            ("\"fadump=on\"", true), ("fadump=\"on\"", true),
        ]
    )
    func fadumpParameter(commandLine: String, enabled: Bool) throws {
        #expect((try Bench(commandLine: commandLine).kernel.reservedArea != nil) == enabled)
    }

    @Test("a parameter without its value is complained about")
    func malformed() throws {
        #expect(try Bench(commandLine: "fadump").log.contains("Malformed early option 'fadump'"))
    }

    @Test(
        "sizes are read as the kernel's memparse reads them",
        arguments: [
            ("fadump_reserve_mem=0x20000000 mem=2G", 0x2000_0000),
            ("mem=2G fadump_reserve_mem=300m", 300 << 20),
            ("mem=2G fadump_reserve_mem=0400000K", 131072 << 10),
            ("mem=2G fadump_reserve_mem=1Gfoo", 1 << 30),
        ] as [(String, UInt64)]
    )
    func memparse(parameters: String, size: UInt64) throws {
        let bench = try Bench(memory: MemoryMap(size: 4 << 30), commandLine: "fadump=on " + parameters)
        #expect(bench.kernel.reservedArea?.bootMemorySize == size)
    }

    @Test("a limit read out of fadump_reserve_mem= leaves only that much memory, as recorded")
    func limit() throws {
        let bench = try Bench(.linux34, commandLine: "fadump=on fadump_reserve_mem=512M", maximumCPUs: 2)
        #expect(bench.kernel.memory.total == 0x4001_0000)
    }

    @Test(
        "crashkernel= is read with ranges and offsets where fadump has not taken over",
        arguments: [
            ("crashkernel=128M@64M", "at 64MB", 128), ("crashkernel=128M", "at 128MB", 128),
            ("crashkernel=64M crashkernel=96M", "at 128MB", 96),
            ("crashkernel=1G-4G:192M,4G-:512M", "at 128MB", 192), ("crashkernel=512M-1G:64M", "", 0),
        ] as [(String, String, UInt64)]
    )
    func crashKernel(parameter: String, place: String, size: UInt64) throws {
        let bench = try Bench(commandLine: parameter)
        #expect(bench.show(.kexecCrashSize) == "\(size * megabyte)\n")
        if size > 0 { #expect(bench.log.contains { $0.contains("Reserving \(size)MB of memory \(place)") }) }
    }

    @Test("a crashkernel= that cannot be read is complained about")
    func crashKernelComplaint() throws {
        #expect(try Bench(commandLine: "crashkernel=auto").log.contains("crashkernel: memory value expected"))
    }
}
