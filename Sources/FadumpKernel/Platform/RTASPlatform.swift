import CoreFile
import KernelProfile
import PhysicalMemory
import PowerFirmware

/// fadump in a partition: RTAS, with sections for registers and HPTEs in the area.
///
/// Source: rtas-fadump.c (Linux 5.4); before that it was part of fadump.c.
struct RTASPlatform: FadumpPlatform {
    func findDump(_ kernel: inout FadumpKernel, _ hardware: Hardware) -> DumpMemoryStructure? {
        guard let waiting = hardware.firmware.waitingDump else { return nil }
        if let found = kernel.profile.messages.dumpFound { kernel.print(found, hardware) }
        return waiting
    }

    func setUp(_ area: ReservedArea, _ kernel: inout FadumpKernel, _ hardware: inout Hardware) -> Bool {
        true
    }

    func structure(registering area: ReservedArea) -> DumpMemoryStructure {
        DumpMemoryStructure(registering: area)
    }

    func call(_ call: PendingCall, _ kernel: inout FadumpKernel, _ hardware: inout Hardware) -> [Effect] {
        kernel.callRTAS(call, &hardware)
    }

    func check(
        _ structure: DumpMemoryStructure,
        _ kernel: inout FadumpKernel,
        _ hardware: Hardware
    ) throws(UnusableDump) {
        try kernel.checkSections(of: structure, hardware)
    }

    func cpuNotes(
        of dump: WaitingDump,
        _ header: CrashInfoHeader,
        _ kernel: inout FadumpKernel,
        _ hardware: Hardware
    ) throws(UnusableDump) -> [ELFNote] {
        try kernel.cpuNotes(of: dump, header, hardware)
    }

    func regionText(_ area: ReservedArea, _ kernel: FadumpKernel, _ hardware: Hardware) -> String {
        kernel.sectionsText(area, hardware)
    }

    /// CPUs go by their logical number.
    func crashingCPU(_ cpu: UInt32, _ hardware: Hardware) -> UInt32 { cpu }

    /// Source: `rtas_os_term` (Linux 3.4).
    func terminate(
        _ reason: String,
        _ kernel: inout FadumpKernel,
        _ hardware: inout Hardware
    ) -> Termination {
        let buffer = kernel.profile.image.osTermBuffer
        let text = Array("OS panic: \(reason)".utf8.prefix(2047)) + [0]
        let answer = kernel.lending(text, at: buffer, &hardware) { hardware in
            hardware.firmware.osTerm(message: PhysicalAddress(buffer), ram: hardware.ram)
        }
        switch answer {
        case .dump: return .dump
        case .returns(let status):
            if let delay = status.retryDelayMilliseconds { return .busy(milliseconds: delay) }
            if status != .success {
                let failed = Message(.emergency, "ibm,os-term call failed \(status.rawValue)")
                kernel.print(failed, hardware)
            }
            return .returned
        }
    }

    func exportFirmware(_ kernel: inout FadumpKernel, _ hardware: Hardware) {}
}
