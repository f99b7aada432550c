import KernFS
import Machine
import Synchronization

/// The growing texts of the control directory, kept in step with the machine.
public final class MachineLogs: Sendable {
    /// `machine/events`: a line of JSON for every event. A crash writes about 20 KiB; the last hundred are enough to see
    /// what went wrong, and a machine that crashes for days needs no more memory than one that crashed a few times.
    public let events = ByteLog(limit: 4 << 20)
    /// `machine/dmesg`: the running kernel's log, with level and time.
    public let kernel = ByteLog()

    /// What of which boot's log is shown already.
    private let shown = Mutex((boot: UInt64(0), lines: 0))

    public init() {}

    func append(_ event: Event) {
        events.append(Array((JSONText.line(event) + "\n").utf8))
    }

    /// Shows the log of the running kernel: what is new, or all of it where a new kernel started.
    func refreshKernelLog(from machine: Machine) {
        shown.withLock { shown in
            let (boot, lines) = machine.kernelLog(ofBoot: shown.boot, from: shown.lines)
            let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
            if boot == shown.boot {
                kernel.append(bytes)
                shown.lines += lines.count
            } else {
                kernel.replace(bytes)
                shown = (boot, lines.count)
            }
        }
    }
}
