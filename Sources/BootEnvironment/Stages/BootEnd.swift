/// How a boot ended.
public enum BootEnd: Sendable, Hashable {
    /// The command ended with this code.
    case exited(Int32)
    /// The machine crashed, was reset or lost its power.
    case machineEnded
    /// The boot asked for its own end: `reboot` or `power-off`.
    case left(String)
    /// The boot could not be made, or its command not be started: why, and the exit code that says so.
    case failed(String, Int32)
}
