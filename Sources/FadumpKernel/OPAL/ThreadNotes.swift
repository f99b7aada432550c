import CoreFile
import KernelProfile
import PhysicalMemory
import PowerFirmware

extension FadumpKernel {
    /// A note for every thread that ran, in the order in which OPAL saved them; where it saved none that can be read, one
    /// for the crashing CPU alone.
    ///
    /// Source: `opal_fadump_build_cpu_notes` (Linux 5.4, opal-fadump.c). A thread goes by its PIR, and which CPUs were
    /// online does not count.
    func threadNotes(_ header: CrashInfoHeader, _ hardware: Hardware) throws(UnusableDump) -> [ELFNote] {
        let notes = (savedThreads(hardware) ?? []).map { cpu in
            let crashed = cpu.logicalID == header.crashingCPU
            return PRStatus(registers: crashed ? header.registers : PowerRegisters(saved: cpu)).note(
                endianness
            )
        }
        guard notes.isEmpty else { return notes }
        guard header.crashingCPU != CrashInfoHeader.noCPU else {
            throw UnusableDump(profile.messages.cpuStateUnreadable)
        }
        return [PRStatus(registers: header.registers).note(endianness)]
    }

    /// The registers that OPAL saved; nil where there are none.
    func savedThreads(_ hardware: Hardware) -> [SavedCPU]? {
        guard let address = hardware.firmware.mpiplQueryTag(.cpu),
            let bytes = try? hardware.ram.read(
                at: PhysicalAddress(address),
                count: OPALDumpDescription.byteCount
            ),
            let description = try? OPALDumpDescription(parsing: bytes),
            let size = Int(exactly: description.range.size), size <= 64 << 20,
            let entries = try? hardware.ram.read(
                at: PhysicalAddress(description.range.destination),
                count: size
            )
        else { return nil }
        return try? ThreadRegisters.cpus(parsing: entries, entrySize: Int(description.entrySize))
    }
}
