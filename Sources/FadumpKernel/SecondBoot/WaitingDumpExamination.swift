import BinaryCodec
import CoreFile
import KernelProfile
import PhysicalMemory
import PowerFirmware

/// A dump that cannot be used, with what the kernel prints about it.
struct UnusableDump: Error {
    var messages: [Message]

    init(_ messages: Message...) { self.messages = messages }
}

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
            for message in error.messages { print(message, hardware) }
            let reason = error.messages.first?.text ?? ""
            let rejected = Effect.note("dump-rejected", ["message": reason])
            return [rejected] + callFirmware(PendingCall(purpose: .invalidate, request: nil), &hardware)
        }
    }

    /// Where the capture kernel builds the ELF core header it looks at the crash info header first: that says whether
    /// it can.
    private mutating func vmcore(
        from dump: WaitingDump,
        _ hardware: Hardware
    ) throws(UnusableDump) -> CoreFile {
        let header: CrashInfoHeader
        switch profile.core.builder {
        case .registration:
            try platform.check(dump.structure, &self, hardware)
            header = try crashInfo(of: dump, hardware)
        case .captureKernel:
            header = try crashInfo(of: dump, hardware)
            try platform.check(dump.structure, &self, hardware)
        }
        let cpuNotes = try platform.cpuNotes(of: dump, header, &self, hardware)
        do {
            let headers = try coreProgramHeaders(of: dump, header, hardware)
            return try coreFile(headers, cpuNotes: cpuNotes, hardware)
        } catch {
            throw UnusableDump(Message(.warning, "Kdump: vmcore not initialized"))
        }
    }

    /// Reads the crash info header and holds it to this kernel's.
    ///
    /// Source: `process_fadump` (Linux 3.4), `is_fadump_header_compatible` (6.10).
    private func crashInfo(of dump: WaitingDump, _ hardware: Hardware) throws(UnusableDump) -> CrashInfoHeader
    {
        let messages = profile.messages
        let size = CrashInfoHeader.byteCount(profile)
        let address = PhysicalAddress(dump.area.crashInfoHeader)
        guard let bytes = try? hardware.ram.read(at: address, count: size),
            let header = try? CrashInfoHeader(parsing: bytes, profile, endianness)
        else { throw UnusableDump(messages.crashInfoNotValid) }
        let magic = profile.crashInfo.magic
        let versions = messages.crashInfoVersions
        guard header.magic == magic else {
            let known: Message? =
                switch header.magic {
                case CrashInfoRules.oldMagic: versions?.old
                case magic.byteSwapped: versions?.otherEndianness
                default: nil
                }
            throw UnusableDump(known ?? messages.crashInfoNotValid)
        }
        guard header.hasSizes(of: profile) else {
            throw UnusableDump(versions?.otherSizes ?? messages.crashInfoNotValid)
        }
        return header
    }
}
