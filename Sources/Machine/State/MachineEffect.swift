import FadumpKernel
import SystemPackage

/// What the machine wants done, in order, once its lock is free.
enum MachineEffect: Sendable {
    /// Answers a request.
    case answer(RequestID, Result<Int, Errno>)
    /// This request shall not be answered because its boot ends: it is what ended it.
    case keep(RequestID)
    /// Comes back with `timer` after this time.
    case wait(milliseconds: UInt64, MachineTimer)
    /// The tree of this boot is gone.
    case bootEnded(UInt64)
    /// The tree of this boot can be read.
    case bootStarted(UInt64)
    /// A dump of the running boot can be read no more.
    case dumpReleased
    /// An event happened.
    case event(Event)
    /// The kernel printed something.
    case logGrew
}

/// What a machine waits for. The boot keeps a timer of an earlier boot from waking a later one.
enum MachineTimer: Sendable, Hashable {
    case kernel(Wakeup, boot: UInt64)
    case reset(ResetStep, boot: UInt64)
}

/// The steps between two boots.
enum ResetStep: Sendable, Hashable {
    /// Firmware resets PCI and other hardware.
    case hardware
    /// The kernel starts.
    case kernel
}
