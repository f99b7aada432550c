import FadumpKernel
import KernelProfile
import PhysicalMemory
import PowerFirmware
import Testing

/// A machine that was recorded in QEMU, with what its kernel made of it.
struct RecordedMachine: Sendable, CustomTestStringConvertible {
    var kernel: KernelProfile
    /// In MiB; with `nodes` the first 256 of them are a node of their own.
    var memory: UInt64 = 2048
    var nodes = false
    var cpus: UInt32 = 2
    var commandLine = "fadump=on"
    var pageSize: UInt64 = 64 << 10
    var mmu = MMU.radix

    /// Where the area begins, and how much boot memory there is; nil where nothing is reserved.
    var area: UInt64?
    var bootMemory: UInt64 = 0x2000_0000
    var memoryReserved: String?
    var copy: UInt64?
    var parameterArea: UInt64?
    var kdump: UInt64 = 0
    var messages: [String] = []

    var testDescription: String {
        "\(kernel.name), \(memory)M\(nodes ? " in two nodes" : ""), \(cpus) CPUs, \(commandLine)"
    }

    func booted() throws -> Bench {
        let size = memory << 20
        let node: UInt64 = nodes ? 256 << 20 : size
        let ranges = [
            AddressRange(0, upTo: PhysicalAddress(node)),
            AddressRange(PhysicalAddress(node), upTo: PhysicalAddress(size)),
        ]
        return try Bench(
            kernel,
            memory: MemoryMap(ranges),
            commandLine: commandLine,
            rma: node,
            maximumCPUs: Int(cpus),
            cpus: Array(0..<cpus),
            dialect: .qemu,
            pageSize: pageSize,
            mmu: mmu
        )
    }
}

@Suite("Machines that were recorded")
struct RecordedMachineTests {
    @Test("are sized, placed and spoken of as recorded", arguments: RecordedMachine.all)
    func recorded(machine: RecordedMachine) throws {
        let bench = try machine.booted()
        let area = bench.kernel.reservedArea
        #expect(area?.start == machine.area)
        if let area {
            #expect(area.bootMemorySize == machine.bootMemory)
            #expect(area.cpuSize == 0x20 + 0x4f0 * UInt64(machine.cpus))
            #expect(area.parameterArea?.start.rawValue == machine.parameterArea)
        }
        if let copy = machine.copy { #expect(area?.bootMemoryCopy == copy) }
        if let reserved = machine.memoryReserved {
            #expect(bench.show(.fadumpMemoryReserved) == reserved + "\n")
        }
        #expect(bench.show(.kexecCrashSize) == "\(machine.kdump)\n")
        for message in machine.messages {
            #expect(bench.log.contains(message), "\(bench.log)")
        }
    }
}
