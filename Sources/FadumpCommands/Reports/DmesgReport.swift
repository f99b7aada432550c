import Presentation

/// A line of the kernel log.
struct LogLine: Report, Hashable {
    /// 0 (emergency) to 7 (debug).
    var level: Int
    /// Seconds since the boot, as the kernel prints them.
    var time: String
    var text: String

    /// Reads `<6>[    0.000000] text`; nil where it is no line of a kernel log.
    init?(_ line: Substring) {
        guard line.first == "<", let levelEnd = line.firstIndex(of: ">"),
            let level = Int(line[line.index(after: line.startIndex)..<levelEnd]),
            let open = line.firstIndex(of: "["), let close = line.firstIndex(of: "]")
        else { return nil }
        self.level = level
        time = String(line[line.index(after: open)..<close].drop { $0 == " " })
        text = String(line[line.index(after: close)...].dropFirst())
    }

    static let shape = Shape.object([
        Field("level", .number, "0 (emergency) to 7 (debug).", inText: false),
        Field("time", .text, "Seconds since the boot."), Field("text", .text, "What the kernel says."),
    ])

    func show(on page: inout Page) {
        let stamp = "[" + String(repeating: " ", count: max(0, 12 - time.count)) + time + "] "
        page.line(StyledText(stamp, .dim) + StyledText(text, style))
    }

    private var style: Style {
        switch level {
        case ...3: .red
        case 4: .yellow
        case 5: .bold
        default: .plain
        }
    }
}

/// What `fadumpfs dmesg` says: the log of the running kernel.
struct DmesgReport: Report {
    var lines: [LogLine]

    init(_ bytes: [UInt8]) {
        lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { LogLine($0) }
    }

    func encode(to encoder: any Encoder) throws { try lines.encode(to: encoder) }

    static let shape = Shape.list(LogLine.shape)

    func show(on page: inout Page) {
        for line in lines { line.show(on: &page) }
    }
}
