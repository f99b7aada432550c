import CoreFile
import KernelProfile
import PhysicalMemory
import PowerFirmware

extension FadumpKernel {
    /// A note for every CPU that the header names, in the order of the register save area. The crashing CPU's
    /// registers come from the crash info header, everybody else's from firmware.
    ///
    /// Source: `fadump_build_cpu_notes` (Linux 3.4, fadump.c).
    func cpuNotes(
        of dump: WaitingDump,
        _ header: CrashInfoHeader,
        _ hardware: Hardware
    ) throws(UnusableDump) -> [ELFNote] {
        let saved = try saveArea(of: dump, hardware)
        return saved.cpus
            .filter { header.cpus.contains($0.logicalID) }
            .map { cpu in
                let crashed = cpu.logicalID == header.crashingCPU
                let registers = crashed ? header.registers : PowerRegisters(saved: cpu)
                return architecture.registerNotes.note(registers, endianness)
            }
    }

    private func saveArea(of dump: WaitingDump, _ hardware: Hardware) throws(UnusableDump) -> RegisterSaveArea
    {
        let area = dump.area
        guard let size = Int(exactly: area.cpuSize),
            let bytes = try? hardware.ram.read(at: PhysicalAddress(area.cpu), count: size)
        else { throw UnusableDump(profile.messages.saveAreaUnreadable) }
        do {
            return try RegisterSaveArea(parsing: bytes)
        } catch .badMagic {
            throw UnusableDump(profile.messages.saveAreaUnreadable)
        } catch {
            throw UnusableDump(profile.messages.cpuStateUnreadable)
        }
    }
}

extension PowerRegisters {
    /// The registers that the kernel takes out of firmware's save area; the others it does not know stay zero.
    ///
    /// Source: `fadump_read_registers` (Linux 3.4, fadump.c).
    init(saved cpu: SavedCPU) {
        self.init()
        gpr = (0..<32).map { cpu.gpr($0) }
        nip = cpu.nia
        msr = cpu.msr
        ctr = cpu.ctr
        link = cpu.lr
        xer = cpu.xer
        ccr = cpu.cr
        dar = cpu.dar
        dsisr = cpu.dsisr
    }
}
