import CoreFile
import PhysicalMemory
import PowerFirmware

/// The machine as the kernel meets it: everything outside the kernel that it can touch.
///
/// The kernel model is a value without clock, lock or descriptor; it gets this with every event.
public struct Hardware: Sendable {
    public var firmware: PowerFirmware
    public var ram: PhysicalRAM
    /// Logical ids of the CPUs that are online, ascending.
    public var onlineCPUs: [UInt32]
    /// What CPUs hold by their logical ids, where that is known; the others hold something.
    public var registers: [UInt32: PowerRegisters] = [:]
    /// Microseconds since this boot.
    public var uptime: UInt64 = 0
    /// Seconds since 1970, for what the kernel dates.
    public var wallClock: Int64 = 0
    /// The seed of everything arbitrary.
    public var seed: UInt64

    public init(firmware: PowerFirmware, ram: PhysicalRAM, onlineCPUs: [UInt32], seed: UInt64) {
        self.firmware = firmware
        self.ram = ram
        self.onlineCPUs = onlineCPUs
        self.seed = seed
    }
}

extension Hardware {
    /// What a CPU holds, as firmware saves it.
    public func cpuState(of logicalID: UInt32) -> CPUState {
        var cpu = firmware.cpuState(of: logicalID)
        guard let known = registers[logicalID] else { return cpu }
        for index in 0..<32 { cpu[.gpr(index)] = known.words[index] }
        cpu[.nia] = known.nip
        cpu[.msr] = known.msr
        cpu[.ctr] = known.ctr
        cpu[.lr] = known.link
        cpu[.xer] = known.xer
        cpu[.cr] = known.ccr
        cpu[.dar] = known.dar
        cpu[.dsisr] = known.dsisr
        return cpu
    }

    /// The CPU that crashes where nobody says which: of a real kernel's the one that it says crashed, which is the only
    /// one with the registers that firmware does not save; else the first.
    public var crashingCPU: UInt32 {
        let told = onlineCPUs.first { cpu in
            guard let known = registers[cpu] else { return false }
            return known.originalGPR3 | known.softe | known.trap != 0
        }
        return told ?? onlineCPUs.first ?? 0
    }
}
