import KernelProfile

/// The log of kernels up to 3.4: lines with their level in front, in a ring of bytes.
///
/// Source: `emit_log_char`, `vprintk` (Linux 3.4, kernel/printk.c).
struct TextLog: MemoryLog {
    private let layout: KernelLayout
    private var end: UInt64 = 0
    private var size: UInt64 { 1 << UInt64(KernelLayout.logShift) }

    init(_ layout: KernelLayout) { self.layout = layout }

    mutating func start() -> [MemoryPatch] {
        let buffer = layout.architecture.imageAddress(layout.image.logText)
        return [
            layout.number(buffer, .logBuffer, width: 8),
            layout.number(size, .logBufferLength, width: 4),
        ] + counters
    }

    mutating func append(_ lines: [LogLine]) -> [MemoryPatch] {
        let bytes = lines.flatMap { Array("<\($0.level)>[\($0.timestamp)] \($0.text)\n".utf8) }.suffix(
            Int(size)
        )
        let first = Int(end % size)
        let beforeWrap = bytes.prefix(Int(size) - first)
        end &+= UInt64(bytes.count)
        var patches = [MemoryPatch(address: layout.image.logText + UInt64(first), bytes: Array(beforeWrap))]
        let rest = bytes.dropFirst(beforeWrap.count)
        if !rest.isEmpty { patches.append(MemoryPatch(address: layout.image.logText, bytes: Array(rest))) }
        return patches + counters
    }

    private var counters: [MemoryPatch] {
        [
            layout.number(end, .logEnd, width: 4),
            layout.number(min(end, size), .loggedChars, width: 4),
        ]
    }
}

extension LogLine {
    /// Seconds and microseconds as printk prints them.
    var timestamp: String {
        let seconds = String(time / 1_000_000)
        let fraction = String(time % 1_000_000)
        return String(repeating: " ", count: max(0, 5 - seconds.count)) + seconds + "."
            + String(repeating: "0", count: 6 - fraction.count) + fraction
    }
}

extension KernelLayout {
    /// A number that is a symbol of its own.
    func number(_ value: UInt64, _ scalar: ImagePlan.Scalar, width: Int) -> MemoryPatch {
        var bytes: [UInt8] = []
        for index in 0..<width {
            let shift = 8 * (endianness == .little ? index : width - 1 - index)
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
        }
        return MemoryPatch(address: image.scalar(scalar), bytes: bytes)
    }
}
