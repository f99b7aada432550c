import CoreFile
import KernelProfile
import PhysicalMemory
import PowerFirmware

extension OPALPlatform {
    /// A note for every thread that ran; where OPAL saved none that can be read, one for the crashing CPU alone.
    ///
    /// Source: `opal_fadump_build_cpu_notes`. Which CPUs were online does not count: firmware knows which cores ran.
    func cpuNotes(
        of dump: WaitingDump,
        _ header: CrashInfoHeader,
        _ kernel: inout FadumpKernel,
        _ hardware: Hardware
    ) throws(UnusableDump) -> [ELFNote] {
        let (endianness, format) = (kernel.endianness, kernel.architecture.registerNotes)
        let saved = savedThreads(hardware)
        if case .invalid = saved { kernel.print(messages.registersInvalid, hardware) }
        let notes = saved.cpus.map { cpu in
            let crashed = cpu.logicalID == header.crashingCPU
            let registers = crashed ? header.registers : PowerRegisters(saved: cpu)
            return format.note(registers, endianness)
        }
        guard notes.isEmpty else { return notes }
        guard header.crashingCPU != CrashInfoHeader.noCPU else { throw UnusableDump() }
        kernel.print(messages.onlyCrashingCPU, hardware)
        return [format.note(header.registers, endianness)]
    }

    private func savedThreads(_ hardware: Hardware) -> SavedThreads {
        let address = hardware.firmware.mpiplQueryTag(.cpu).value
        return address == 0 ? .none : SavedThreads(at: address, hardware)
    }
}

/// The registers of all threads as OPAL left them.
enum SavedThreads {
    case none
    /// There is a description of them, but it cannot be.
    case invalid
    /// Those that ran, and for how many there are entries.
    case threads([SavedCPU], entries: Int)

    var cpus: [SavedCPU] { if case .threads(let cpus, _) = self { cpus } else { [] } }

    /// The most that is read of them: an entry for each of 8192 threads, and room to spare.
    private static let limit = 64 << 20

    /// Follows the description at `address`.
    ///
    /// Source: `is_opal_fadump_cpu_data_valid` (Linux 5.4, opal-fadump.c).
    init(at address: UInt64, _ hardware: Hardware) {
        self = .invalid
        guard let description = OPALDumpDescription(at: address, hardware),
            let range = description.ranges.first,
            let size = Int(exactly: range.size), size <= Self.limit, range.destination != 0,
            let entrySize = Int(exactly: description.entrySize), entrySize > 0, entrySize <= size,
            let bytes = try? hardware.ram.read(at: PhysicalAddress(range.destination), count: size),
            let cpus = try? ThreadRegisters.cpus(parsing: bytes, entrySize: entrySize)
        else { return }
        self = .threads(cpus, entries: size / entrySize)
    }
}

extension OPALDumpDescription {
    /// What OPAL left at `address`; nil where there is no memory, or nothing that can be read.
    init?(at address: UInt64, _ hardware: Hardware) {
        let size = Self.headerSize + Self.maximumRanges * 24
        guard let bytes = try? hardware.ram.read(at: PhysicalAddress(address), count: size),
            let description = try? OPALDumpDescription(parsing: bytes)
        else { return nil }
        self = description
    }
}
