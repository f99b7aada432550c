/// A line that says how far long work has come.
public enum ProgressLine {
    /// `[=====>    ]  43%  1.2 GiB of 2.8 GiB  512 MiB/s  0:03 left`, fitted to `width`.
    ///
    /// `done` of `total` are bytes; `seconds` is the time that `since` took, the bytes done in this run.
    public static func text(done: UInt64, total: UInt64, since: UInt64, seconds: Double, width: Int) -> String
    {
        let share = total == 0 ? 1 : Double(min(done, total)) / Double(total)
        let percent = "\(Int(share * 100))%"
        var tail = "\(pad(percent, 4))  \(amount(done)) of \(amount(total))"
        if seconds > 0.2, since > 0 {
            let rate = Double(since) / seconds
            let left = Int(min(Double(total - min(done, total)) / rate, 359_999))
            tail += "  \(amount(UInt64(rate)))/s  \(left / 60):\(pad(String(left % 60), 2, "0")) left"
        }
        let room = width - tail.count - 5
        guard room >= 8 else { return String(tail.prefix(width)) }
        let filled = Int(share * Double(room))
        let arrow = filled < room ? ">" : ""
        let rest = String(repeating: " ", count: max(0, room - filled - arrow.count))
        return "[" + String(repeating: "=", count: filled) + arrow + rest + "] " + tail
    }

    /// A byte count for people: three digits or so, and its unit.
    public static func amount(_ bytes: UInt64) -> String {
        let units = ["B", "KiB", "MiB", "GiB", "TiB"]
        var value = Double(bytes)
        var unit = 0
        while value >= 1024, unit < units.count - 1 {
            value /= 1024
            unit += 1
        }
        let tenths = Int((value * 10).rounded())
        return value < 10 && unit > 0
            ? "\(tenths / 10).\(tenths % 10) \(units[unit])" : "\(Int(value)) \(units[unit])"
    }

    private static func pad(_ text: String, _ width: Int, _ fill: String = " ") -> String {
        String(repeating: fill, count: max(0, width - text.count)) + text
    }
}
