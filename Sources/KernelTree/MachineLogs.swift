import KernFS
import Machine

/// The growing texts of the control directory, kept in step with the machine.
public final class MachineLogs: Sendable {
    /// `machine/events`: a line of JSON for every event.
    public let events = ByteLog()
    /// `machine/dmesg`: the running kernel's log, with level and time.
    public let kernel = ByteLog()

    public init() {}

    public func append(_ event: Event) {
        events.append(Array((JSONText.line(event) + "\n").utf8))
    }

    /// Shows the log of the running kernel: what is new, or all of it where a new kernel started.
    public func refreshKernelLog(from machine: Machine) {
        let text = machine.kernelLog.map { $0 + "\n" }.joined()
        kernel.update(Array(text.utf8))
    }
}
