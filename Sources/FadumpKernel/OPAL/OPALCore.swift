import CoreFile
import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage

extension FadumpKernel {
    /// The core file of OPAL itself: big-endian, the registers of every thread that ran, the crashing one first, and OPAL's
    /// memory.
    ///
    /// Source: `create_opalcore` (Linux 5.4, opal-core.c).
    mutating func exportOPALCore(_ hardware: Hardware) {
        guard profile.opal != nil, hardware.firmware.mpipl.isActive,
            hardware.firmware.mpiplQueryTag(.opal) != nil
        else { return }
        let memory = PowerFirmware.opalMemory
        let notes = (savedThreads(hardware) ?? []).map {
            PRStatus(registers: PowerRegisters(saved: $0)).note(.big)
        }
        let segment = CoreSegment(
            physicalAddress: memory.start.rawValue,
            virtualAddress: memory.start.rawValue,
            source: memory
        )
        opalCore = try? CoreFile(
            endianness: .big,
            machine: .ppc64,
            flags: 1,
            notes: notes,
            segments: [segment],
            layout: .pageAligned(pageSize: pageSize, noteAlignment: 0),
            ram: hardware.ram
        )
        hasOPALCoreFiles = opalCore != nil
    }

    /// A write to the file that frees OPAL's core file.
    ///
    /// Source: `release_core_store` (Linux 5.6, opal-core.c): the value is looked at before the state.
    mutating func releaseOPALCore(_ bytes: [UInt8], _ hardware: Hardware) -> Result<Int, Errno> {
        guard ValueParser.integer.value(of: bytes) == 1 else { return .failure(.invalidArgument) }
        guard opalCore != nil else {
            if let opal = profile.opal { print(opal.messages.coreReleased, hardware) }
            return .failure(.notPermitted)
        }
        opalCore = nil
        return .success(bytes.count)
    }
}
