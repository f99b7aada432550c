import CoreFile
import FadumpKernel
import Glibc
import KernelProfile
import Machine
import PhysicalMemory
import PowerFirmware
import SystemPackage
import Testing

/// A machine of the document, driven by its files.
final class DocumentMachine {
    let machine: Machine

    init(_ change: (inout MachineConfiguration) -> Void = { _ in }) throws {
        var configuration = MachineConfiguration()
        change(&configuration)
        machine = try Machine(configuration)
        machine.start()
    }

    var boot: UInt64 { machine.runningBoot ?? 0 }

    func read(_ file: Attribute) -> String { (try? machine.show(file, boot: boot)) ?? "ENODEV" }
    func exists(_ file: Attribute) -> Bool { machine.exists(file, boot: boot) }

    @discardableResult
    func echo(_ text: String, to file: Attribute) -> Result<Int, Errno> {
        let answer = Answer()
        machine.store(file, Array((text + "\n").utf8), boot: boot, answer)
        return answer.result
    }

    /// Registers and crashes; the second kernel runs when this returns.
    func crash(registered: Bool = true) {
        if registered { echo("1", to: .fadumpRegistered) }
        echo("c", to: .sysrqTrigger)
    }

    var core: CoreFile? { machine.vmcore(boot: boot)?.core }

    var reader: CoreFileReader? {
        guard let core else { return nil }
        return try? CoreFileReader { offset, count in try core.image.read(at: offset, count: count) }
    }

    /// Kilobytes of MemTotal.
    var memoryTotal: Int {
        let line = read(.meminfo).split(separator: "\n").first ?? ""
        return line.split(separator: " ").compactMap { Int($0) }.first ?? 0
    }

    private final class Answer: PendingAnswer, @unchecked Sendable {
        // An instant clock answers before the store returns, in this thread.
        var result = Result<Int, Errno>.failure(.timedOut)
        func finish(_ result: Result<Int, Errno>) { self.result = result }
    }
}

@Suite("The design document")
struct DesignDocumentTests {
    @Test("the dump is an ELF core in /proc/vmcore")
    func elf() throws {
        let document = try DocumentMachine()
        #expect(document.core == nil)
        document.crash()
        let reader = try #require(document.reader)
        #expect(reader.header.type == .core)
        #expect(reader.header.machine == .ppc64)
        #expect(reader.vmcoreinfo?["PAGESIZE"] == "65536")
    }

    @Test("the vmcore is read without touching sysfs")
    func noSysfs() throws {
        let document = try DocumentMachine()
        try document.machine.writeMemory(Array("seen".utf8), at: 0x100_0000)
        document.crash()
        #expect(try document.reader?.read(physical: 0x100_0000, count: 4) == Array("seen".utf8))
    }

    @Test("one write releases all memory")
    func oneWrite() throws {
        let document = try DocumentMachine()
        let before = document.memoryTotal
        document.crash()
        #expect(document.echo("1", to: .fadumpReleaseMemory) == .success(2))
        #expect(document.memoryTotal == before)
        #expect(throws: Never.self) { try document.machine.writeMemory([1], at: 0x5000_0000) }
    }

    @Test("registration starts and stops")
    func startStop() throws {
        let document = try DocumentMachine()
        document.echo("1", to: .fadumpRegistered)
        #expect(document.machine.status.fadump == .registered)
        document.echo("0", to: .fadumpRegistered)
        #expect(document.machine.status.fadump == .unregistered)
    }

    @Test("PCI and other hardware are reset before the fresh kernel starts")
    func freshKernel() throws {
        let document = try DocumentMachine()
        document.crash()
        let events = document.machine.events
        let reset = try #require(events.first { $0.event == "hardware-reset" })
        let boot = try #require(events.last { $0.event == "boot" })
        #expect(reset.details["what"] == "PCI and other hardware")
        #expect(reset.sequence < boot.sequence)
        #expect(document.boot == 2)
    }

    @Test("memory is back without another boot")
    func noSecondReboot() throws {
        let document = try DocumentMachine()
        document.crash()
        document.echo("1", to: .fadumpReleaseMemory)
        #expect(document.boot == 2)
        #expect(document.echo("1", to: .fadumpRegistered) == .success(2))
        document.crash(registered: false)
        #expect(document.core != nil)
    }

    @Test("the registered sections lie in memory reserved at boot")
    func reservedSections() throws {
        let document = try DocumentMachine()
        let area = try #require(document.machine.status.area)
        let usable = document.memoryTotal
        document.crash()
        let property = try #require(document.machine.deviceTree.first { $0.name == "ibm,kernel-dump" })
        for section in try DumpMemoryStructure(parsing: property.value).sections {
            #expect(section.destinationAddress >= area.start)
            #expect(section.destinationAddress + section.sourceLength <= area.start + area.size)
        }
        #expect(usable < (2 << 20) - Int(area.size >> 10))
    }

    @Test("boot memory, registers and HPTEs are saved")
    func saved() throws {
        let document = try DocumentMachine()
        try document.machine.writeMemory(Array("low".utf8), at: 0x200)
        document.crash()
        #expect(try document.reader?.read(physical: 0x200, count: 3) == Array("low".utf8))
        let memory = document.machine.memory
        #expect(try RegisterSaveArea(parsing: memory.read(at: 0x6ffb_0000, count: 0x40020)).cpus.count == 2)
        #expect(
            try HPTESaveArea(parsing: memory.read(at: 0x6fff_0020, count: 0x1000)).entries.isEmpty == false
        )
    }

    @Test(
        "boot memory is the larger of 5 % and 256 MB",
        arguments: [(2, 256), (16, 768)] as [(UInt64, UInt64)]
    )
    func bootMemory(gigabytes: UInt64, megabytes: UInt64) throws {
        let document = try DocumentMachine { $0.memory = MemoryMap(size: gigabytes << 30) }
        #expect(document.machine.status.area?.bootMemorySize == megabytes << 20)
    }

    @Test("fadump_reserve_mem overrides the size")
    func reserveMemory() throws {
        let document = try DocumentMachine { $0.commandLine = "fadump=on mem=2G fadump_reserve_mem=384M" }
        #expect(document.machine.status.area?.bootMemorySize == 384 << 20)
    }

    @Test("RAM is not cleared and the bootloader is launched")
    func notCleared() throws {
        let document = try DocumentMachine()
        try document.machine.writeMemory(Array("stays".utf8), at: 0x5000_0000)
        document.crash()
        #expect(try document.machine.memory.read(at: 0x5000_0000, count: 5) == Array("stays".utf8))
        let kinds = document.machine.events.map(\.event)
        let preserved = try #require(kinds.firstIndex(of: "memory-preserved"))
        let launched = try #require(kinds.firstIndex(of: "bootloader-launched"))
        #expect(preserved < launched)
    }

    @Test("the device tree announces the dump")
    func announced() throws {
        let document = try DocumentMachine()
        #expect(!document.machine.deviceTree.contains { $0.name == "ibm,kernel-dump" })
        document.crash()
        #expect(document.machine.deviceTree.contains { $0.name == "ibm,kernel-dump" })
        #expect(KernelProfile.rfcV7.deviceTree.dumpNode == "ibm,dump-kernel")
    }

    @Test("the second kernel has boot memory only")
    func restricted() throws {
        let document = try DocumentMachine()
        document.crash()
        #expect(document.read(.iomem) == "00000000-0fffffff : System RAM\n")
        #expect(document.memoryTotal < 256 << 10)
    }

    @Test("release keeps the area for the next registration")
    func keepsArea() throws {
        let document = try DocumentMachine()
        let area = document.machine.status.area
        document.crash()
        document.echo("1", to: .fadumpReleaseMemory)
        #expect(document.machine.status.area == area)
        #expect(document.read(.iomem) == "00000000-6ffaffff : System RAM\n")
    }

    @Test("without firmware support there is nothing")
    func unsupported() throws {
        let document = try DocumentMachine { $0.firmware = .none }
        #expect(!document.exists(.fadumpEnabled))
        #expect(!document.machine.deviceTree.contains { $0.name == "ibm,configure-kernel-dump" })
    }

    @Test("the release file is there only with a dump")
    func releaseFile() throws {
        let document = try DocumentMachine()
        #expect(!document.exists(.fadumpReleaseMemory))
        document.crash()
        #expect(document.exists(.fadumpReleaseMemory))
    }

    @Test("the area lies at the top of memory in the order of Fig. 1")
    func figureOne() throws {
        let document = try DocumentMachine()
        let area = try #require(document.machine.status.area)
        #expect(area.start + area.size == 2 << 30)
        let names = document.read(.fadumpRegion).split(separator: "\n").map { $0.prefix(4) }
        #expect(names == ["CPU ", "HPTE", "DUMP"])
    }

    @Test("the area stays reserved through registration and unregistration")
    func permanent() throws {
        let document = try DocumentMachine()
        let usable = document.memoryTotal
        document.echo("1", to: .fadumpRegistered)
        document.echo("0", to: .fadumpRegistered)
        #expect(document.memoryTotal == usable)
    }

    @Test("the capture kernel holds everything above boot memory")
    func figureTwo() throws {
        let document = try DocumentMachine()
        document.crash()
        for address in [0x1000_0000, 0x6ffb_0000, 0x7fff_ffff] as [UInt64] {
            #expect(throws: Errno.notPermitted) { try document.machine.writeMemory([1], at: address) }
        }
        #expect(throws: Never.self) { try document.machine.writeMemory([1], at: 0x0fff_ffff) }
    }

    @Test("fadump=on enables")
    func enables() throws {
        #expect(try DocumentMachine().read(.fadumpEnabled) == "1\n")
        #expect(try DocumentMachine { $0.commandLine = "" }.read(.fadumpEnabled) == "0\n")
    }

    @Test("a failed reservation falls back to kdump")
    func fallback() throws {
        let document = try DocumentMachine {
            $0.memory = MemoryMap(size: 512 << 20)
            $0.commandLine = "fadump=on crashkernel=64M@128M"
        }
        #expect(document.read(.fadumpEnabled) == "0\n")
        #expect(document.read(.kexecCrashSize) == "67108864\n")
    }

    @Test("fadump_enabled reads 0 and 1")
    func enabledReads() throws {
        #expect(try DocumentMachine().read(.fadumpEnabled) == "1\n")
        #expect(try DocumentMachine { $0.commandLine = "fadump=off" }.read(.fadumpEnabled) == "0\n")
    }

    @Test("fadump_registered reads 0 and 1")
    func registeredReads() throws {
        let document = try DocumentMachine()
        #expect(document.read(.fadumpRegistered) == "0\n")
        document.echo("1", to: .fadumpRegistered)
        #expect(document.read(.fadumpRegistered) == "1\n")
    }

    @Test("an unregistered crash leaves no vmcore")
    func unregisteredCrash() throws {
        let document = try DocumentMachine()
        document.echo("1", to: .fadumpRegistered)
        document.echo("0", to: .fadumpRegistered)
        document.crash(registered: false)
        #expect(document.boot == 2)
        #expect(document.core == nil)
        #expect(!document.exists(.fadumpReleaseMemory))
    }

    @Test("fadump_region changes with the release")
    func regionChanges() throws {
        let document = try DocumentMachine()
        let before = document.read(.fadumpRegion)
        document.crash()
        let active = document.read(.fadumpRegion)
        document.echo("1", to: .fadumpReleaseMemory)
        #expect(document.read(.fadumpRegion) == before)
        #expect(active != before)
    }

    @Test("fadump_region is empty when disabled")
    func regionEmpty() throws {
        #expect(try DocumentMachine { $0.commandLine = "fadump=off" }.read(.fadumpRegion) == "")
    }

    @Test("the first example is reproduced byte for byte")
    func firstExample() throws {
        let document = try DocumentMachine()
        document.echo("1", to: .fadumpRegistered)
        #expect(
            document.read(.fadumpRegion) == """
                CPU : [0x0000006ffb0000-0x0000006fff001f] 0x40020 bytes, Dumped: 0x0
                HPTE: [0x0000006fff0020-0x0000006fff101f] 0x1000 bytes, Dumped: 0x0
                DUMP: [0x0000006fff1020-0x0000007fff101f] 0x10000000 bytes, Dumped: 0x0

                """
        )
    }

    @Test("the second example is reproduced byte for byte")
    func secondExample() throws {
        let document = try DocumentMachine()
        document.crash()
        #expect(
            document.read(.fadumpRegion) == """
                CPU : [0x0000006ffb0000-0x0000006fff001f] 0x40020 bytes, Dumped: 0x40020
                HPTE: [0x0000006fff0020-0x0000006fff101f] 0x1000 bytes, Dumped: 0x1000
                DUMP: [0x0000006fff1020-0x0000007fff101f] 0x10000000 bytes, Dumped: 0x10000000
                    : [0x00000010000000-0x0000006ffaffff] 0x5ffb0000 bytes, Dumped: 0x5ffb0000

                """
        )
    }

    @Test("the crash info header carries the crashing CPU to the second kernel")
    func crashInfo() throws {
        let document = try DocumentMachine()
        document.crash()
        let magic = try document.machine.memory.read(at: 0x7fff_1020, count: 8)
        #expect(magic == Array("FADMPINF".utf8))
        let cpus = try #require(try document.reader?.cpus())
        #expect(cpus[0].registers.trap == 0x300)
        #expect(cpus[1].registers.trap == 0)
    }
}
