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
