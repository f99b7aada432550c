import SystemPackage

/// A request whose answer may come later; the caller chose the number.
public struct RequestID: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt64
    public init(rawValue: UInt64) { self.rawValue = rawValue }
}

/// What the kernel wants done, in order. The kernel model itself does nothing to the world.
public enum Effect: Sendable {
    /// Answers a pending write: the bytes taken, or an errno.
    case answer(RequestID, Result<Int, Errno>)
    /// Calls `FadumpKernel.resume(_:on:)` after this time; nobody waits in between.
    case wait(milliseconds: UInt64, Wakeup)
    /// This boot is over. Nothing follows.
    case leave(Departure)
    /// Something for the machine's event log.
    case note(String, [String: String])
}

/// Why the kernel wanted to be called again.
public enum Wakeup: Sendable, Hashable {
    /// Firmware was busy; the call is made again.
    case firmwareRetry
    /// Firmware was busy when the kernel asked it to terminate the partition.
    case terminationRetry
    /// The panic timeout is over.
    case panicTimeout
}

/// How a boot ends.
public enum Departure: String, Sendable, Hashable {
    /// Firmware takes a dump, resets the hardware and boots the capture kernel.
    case firmwareDump = "firmware-dump"
    /// The crashed kernel jumps into the loaded kdump kernel.
    case kdump
    /// The kernel restarts the machine.
    case reboot
    /// The machine is reset without the kernel's doing.
    case reset
    /// Power is cut: RAM and a waiting dump are gone.
    case powerOff = "power-off"
}
