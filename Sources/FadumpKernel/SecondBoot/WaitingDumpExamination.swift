import BinaryCodec
import CoreFile
import KernelProfile
import PhysicalMemory
import PowerFirmware

extension FadumpKernel {
    /// Looks at a dump that waits: a good one becomes /proc/vmcore, a bad one is thrown away at once.
    ///
    /// Source: `setup_fadump`, `process_fadump` (Linux 3.4, fadump.c).
    mutating func examineWaitingDump(_ hardware: inout Hardware) -> [Effect] {
        guard case .waiting(var dump) = state else {
            // Nothing holds the memory of a dump in this boot; whatever was preserved is ordinary memory now.
            hardware.ram.thaw(AddressRange(0, upTo: hardware.ram.map.end))
            return []
        }
        do {
            dump.core = try vmcore(from: dump, hardware)
            state = .waiting(dump)
            hasReleaseFile = true
            let bytes = dump.core?.size ?? 0
            return [.note("vmcore-ready", ["bytes": String(bytes)])]
        } catch {
            print(error.message, hardware)
            let rejected = Effect.note("dump-rejected", ["message": error.message.text])
            return [rejected] + callFirmware(PendingCall(purpose: .invalidate, request: nil), &hardware)
        }
    }

    /// A dump that cannot be used, with what the kernel prints about it.
    struct UnusableDump: Error {
        var message: Message
    }

    private func vmcore(from dump: WaitingDump, _ hardware: Hardware) throws(UnusableDump) -> CoreFile {
        try validate(dump.structure)
        let header = try crashInfo(of: dump, hardware)
        let cpuNotes = try cpuNotes(of: dump, header, hardware)
        do {
            return try coreFile(headerAt: header.coreHeader, cpuNotes: cpuNotes, hardware)
        } catch {
            throw UnusableDump(message: Message(.warning, "Kdump: vmcore not initialized"))
        }
    }

    /// Firmware's own words on the dump. HPTEs are not looked at, and the error flag of the structure counts only
    /// where no other flag is set.
    private func validate(_ structure: DumpMemoryStructure) throws(UnusableDump) {
        let cpu = structure.sections.first { $0.sourceDataType == .cpuState }
        let boot = structure.sections.first { $0.sourceDataType == .realModeRegion }
        guard let cpu, let boot, structure.statusFlags != .error, cpu.errorFlags.isEmpty,
            boot.errorFlags.isEmpty
        else { throw UnusableDump(message: profile.messages.dumpNotValid) }
        guard boot.bytesDumped == boot.sourceLength, cpu.bytesDumped != 0 else {
            throw UnusableDump(message: profile.messages.dumpIncomplete)
        }
    }

    private func crashInfo(of dump: WaitingDump, _ hardware: Hardware) throws(UnusableDump) -> CrashInfoHeader
    {
        let size = CrashInfoHeader.byteCount(profile)
        let address = PhysicalAddress(dump.area.crashInfoHeader)
        guard let bytes = try? hardware.ram.read(at: address, count: size),
            let header = try? CrashInfoHeader(parsing: bytes, profile, endianness),
            header.magic == profile.crashInfo.magic
        else { throw UnusableDump(message: profile.messages.crashInfoNotValid) }
        return header
    }
}
