import CoreFile
import KernelProfile
import PhysicalMemory
import PowerFirmware

/// fadump on a bare machine: OPAL preserves ranges of memory, registers go into its own, and the kernel keeps in memory what
/// it has to know again.
///
/// Source: opal-fadump.c (Linux 5.4 to 7.2). Read, not recorded.
struct OPALPlatform: FadumpPlatform {
    let rules: OPALRules

    var messages: OPALMessages { rules.messages }

    /// The ranges of boot memory, each with its place in the copy.
    func structure(registering area: ReservedArea) -> DumpMemoryStructure {
        OPALMetadata(area, registered: 0).structure
    }

    func call(_ call: PendingCall, _ kernel: inout FadumpKernel, _ hardware: inout Hardware) -> [Effect] {
        kernel.callOPAL(call, self, &hardware)
    }

    /// OPAL does not say how a dump went.
    func check(
        _ structure: DumpMemoryStructure,
        _ kernel: inout FadumpKernel,
        _ hardware: Hardware
    ) throws(UnusableDump) {}

    /// The kernel goes on with the last size for ranges that were not registered.
    ///
    /// Source: `opal_fadump_region_show`; in 5.4 and 5.10 the memory above begins with the area, in 6.1 above boot memory.
    func regionText(_ area: ReservedArea, _ kernel: FadumpKernel, _ hardware: Hardware) -> String {
        var text = ""
        var dumped: UInt64 = 0
        for section in kernel.structure(area).sections {
            if section.bytesDumped > 0 { dumped = section.bytesDumped }
            text += FadumpKernel.dumpLine(section, dumped: dumped)
        }
        if case .waiting(let dump) = kernel.state {
            text += FadumpKernel.linesAboveDump(rules.regionNamesArea ? area.start : dump.heldFrom)
        }
        return text
    }

    /// CPUs go by their PIR.
    func crashingCPU(_ cpu: UInt32, _ hardware: Hardware) -> UInt32 {
        UInt32(truncatingIfNeeded: hardware.firmware.cpuState(of: cpu)[.pir])
    }

    /// Source: `opal_fadump_trigger`: asked for only where something is registered, and once.
    func terminate(
        _ reason: String,
        _ kernel: inout FadumpKernel,
        _ hardware: inout Hardware
    ) -> Termination {
        guard case .registered = kernel.state, let crash = kernel.crash else { return .returned }
        let thread = crashingCPU(crash.request.cpu, hardware)
        guard let status = hardware.firmware.rebootPreservingMemory(reason: reason, thread: thread) else {
            return .dump
        }
        switch status {
        case .unsupported: kernel.print(messages.rebootNotSupported, hardware)
        case .hardware: kernel.print(messages.noBackend, hardware)
        default: break
        }
        return .returned
    }
}
