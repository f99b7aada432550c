import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage

extension OPALPlatform {
    /// Makes OPAL's own core file, or says why there is none.
    ///
    /// Source: `opalcore_init`, `opalcore_config_init` (Linux 5.4, opal-core.c): after fadump looked at its dump, and without
    /// regard to fadump=.
    func exportFirmware(_ kernel: inout FadumpKernel, _ hardware: Hardware) {
        let firmware = hardware.firmware
        let opal = firmware.mpiplQueryTag(.opal)
        guard let description = opal.value == 0 ? nil : OPALDumpDescription(at: opal.value, hardware) else {
            return refuse(messages.noCoreMetadata("OPAL", opal.status.rawValue), &kernel, hardware)
        }
        let cpu = firmware.mpiplQueryTag(.cpu)
        guard cpu.value != 0 else {
            return refuse(messages.noCoreMetadata("OPAL CPU", cpu.status.rawValue), &kernel, hardware)
        }
        guard case .threads(let threads, let entries) = SavedThreads(at: cpu.value, hardware) else {
            return refuse(messages.coreRegistersInvalid, &kernel, hardware)
        }
        let core = OPALCore(
            ranges: description.ranges,
            threads: threads,
            entries: entries,
            crashingThread: description.crashingThread,
            base: firmware.opalMemory.own.start.rawValue,
            entry: firmware.opalEntry,
            isKernelsCrash: kernel.crashedItself(hardware)
        )
        kernel.opalCore = try? core.file(pageSize: kernel.pageSize, ram: hardware.ram)
        kernel.hasOPALCoreFiles = kernel.opalCore != nil
    }

    private func refuse(_ why: Message, _ kernel: inout FadumpKernel, _ hardware: Hardware) {
        kernel.print(why, hardware)
        kernel.print(messages.noCore, hardware)
    }
}

extension FadumpKernel {
    /// Whether the dump that waits is the crashed kernel's doing: firmware names no CPU.
    fileprivate func crashedItself(_ hardware: Hardware) -> Bool {
        guard case .waiting(let dump) = state else { return false }
        let place = PhysicalAddress(dump.area.crashInfoHeader)
        let bytes = try? hardware.ram.read(at: place, count: CrashInfoHeader.byteCount(profile))
        let header = bytes.flatMap { try? CrashInfoHeader(parsing: $0, profile, endianness) }
        return header.map { $0.crashingCPU != CrashInfoHeader.noCPU } ?? false
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
