import BinaryCodec
import CoreFile
import FadumpKernel
import KernelProfile
import PhysicalMemory
import PowerFirmware
import Testing

/// A machine under QEMU of which a /proc/vmcore was recorded.
struct CrashedMachine: Sendable, CustomTestStringConvertible {
    var profile: KernelProfile
    var memory = MemoryMap(size: 2 << 30)
    var commandLine = "fadump=on"
    var realModeArea: UInt64 = 1 << 30
    var pageSize: UInt64 = 64 << 10
    var cpus = 2
    /// CPUs that firmware keeps room for, where that is more.
    var maximumCPUs: Int?
    var crash = CrashKind.sysrq
    /// Bytes of the contents of the VMCOREINFO note; nil where its page had been overwritten.
    var vmcoreinfo: Int?

    var testDescription: String {
        "\(profile.name) \(memory.total >> 20)M in \(memory.ranges.count), \(cpus) CPUs, \(crash), \(commandLine)"
    }

    /// Memory nodes of 256 MiB and the rest: what gives a real mode area of 256 MiB.
    static func nodes(_ total: UInt64) throws -> MemoryMap {
        let first: PhysicalAddress = 0x1000_0000
        return try MemoryMap([
            AddressRange(0, upTo: first), AddressRange(first, upTo: PhysicalAddress(total)),
        ])
    }

    /// Boots, registers, crashes, boots the capture kernel.
    func captured() throws -> Bench {
        var configuration = PlatformConfiguration(
            dialect: .qemu,
            maximumCPUs: maximumCPUs ?? cpus,
            hpteSize: 0,
            realModeAreaSize: realModeArea
        )
        configuration.seed = 7
        configuration.runsLittleEndian = profile.endiannesses.first == .little
        let endianness = try #require(profile.endiannesses.first)
        var hardware = Hardware(
            firmware: PowerFirmware(configuration),
            ram: try PhysicalRAM(map: memory),
            onlineCPUs: (0..<cpus).map { UInt32($0) },
            seed: 1
        )
        hardware.wallClock = 1_795_425_832
        try prepareVMCoreInfo(endianness, hardware.ram)
        let options = BootOptions(
            profile: profile,
            endianness: endianness,
            pageSize: pageSize,
            realModeArea: realModeArea,
            commandLine: commandLine
        )
        var bench = Bench(hardware, options)
        if bench.show(.fadumpRegistered) == "0\n" { _ = bench.write(.fadumpRegistered, "1") }
        #expect(bench.show(.fadumpRegistered) == "1\n")
        try bench.crash(crash)
        return bench
    }

    /// A note so long that it has the recorded length when the crash is dated.
    private func prepareVMCoreInfo(_ endianness: Endianness, _ ram: PhysicalRAM) throws {
        guard let vmcoreinfo else { return }
        let dated = "CRASHTIME=1795425832".utf8.count + (profile.core.crashTimeEndsLine ? 1 : 0)
        let filler = String(repeating: "x", count: vmcoreinfo - dated - "F=\n".utf8.count)
        var writer = BinaryWriter(endianness)
        VMCoreInfo(text: "F=\(filler)\n").note.write(to: &writer)
        writer.pad(12)
        try ram.write(writer.bytes, at: PhysicalAddress(profile.image.vmcoreinfoNote))
    }
}
