import Glibc
import Synchronization

/// The machine's own time: the host's on a real clock, a counter that waits move on an instant one.
final class MachineClock: Sendable {
    private let kind: MachineConfiguration.Clock
    private let start: UInt64
    /// Seconds since 1970 when the machine was built; nil for the host's clock.
    private let date: Int64?
    private let skipped = Atomic<UInt64>(0)

    /// Microseconds that every input takes on an instant clock, so that no two things happen at the same time.
    private static let tick: UInt64 = 100

    init(_ kind: MachineConfiguration.Clock, date: Int64? = nil) {
        self.kind = kind
        self.date = date
        start = Self.monotonic()
    }

    /// The time of an input: an instant clock moves on by a tick.
    func reading() -> ClockReading {
        let now = look()
        if kind == .instant { skipped.add(Self.tick, ordering: .relaxed) }
        return now
    }

    /// The time, without moving it.
    func look() -> ClockReading {
        let microseconds =
            switch kind {
            case .real: Self.monotonic() - start
            case .instant: skipped.load(ordering: .relaxed)
            }
        let wallClock = date.map { $0 &+ Int64(clamping: microseconds / 1_000_000) } ?? Int64(time(nil))
        return ClockReading(microseconds: microseconds, wallClock: wallClock)
    }

    func skip(milliseconds: UInt64) {
        let (microseconds, overflow) = milliseconds.multipliedReportingOverflow(by: 1000)
        skipped.add(overflow ? 0 : microseconds, ordering: .relaxed)
    }

    private static func monotonic() -> UInt64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return UInt64(now.tv_sec) * 1_000_000 + UInt64(now.tv_nsec) / 1000
    }
}
