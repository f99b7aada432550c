import Glibc
import Presentation

/// Tells a terminal how far a copy has come, a few times a second.
struct CopyProgress {
    private let isShown: Bool
    private let total: UInt64
    private let before: UInt64
    private let start = Self.now
    private var last = 0.0
    private(set) var done: UInt64

    /// `done` of `total` bytes were there before.
    init(done: UInt64, total: UInt64, quiet: Bool) {
        isShown = !quiet && Terminal(descriptor: 2).isInteractive
        self.done = done
        self.total = total
        before = done
    }

    var seconds: Double { Self.now - start }

    mutating func advance(by bytes: UInt64) {
        done += bytes
        guard isShown, Self.now - last > 0.1 else { return }
        last = Self.now
        draw()
    }

    /// The line is left as it stands at the end of the work.
    func end() {
        guard isShown else { return }
        draw()
        Standard.error("")
    }

    private func draw() {
        let width = Terminal(descriptor: 2).width - 1
        let line = ProgressLine.text(
            done: done,
            total: total,
            since: done - before,
            seconds: seconds,
            width: width
        )
        Standard.note("\r\u{1b}[K" + line)
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
