import KernelProfile
import Machine

/// The figures as SVG, for documents.
///
/// Two bars: all of memory, strictly to scale, and below it the reserved dump area enlarged, where what is too small to be
/// seen is drawn wider. Colours follow the reader's light or dark setting.
public struct MapSVG {
    private let picture: MemoryPicture
    private let report: MapReport

    /// Units of the drawing: its width, the bars and where they begin.
    private static let width = 960.0
    private static let left = 20.0
    private static let barHeight = 44.0
    private static let barWidth = width - 2 * left

    public init(_ status: StatusReport) {
        picture = MemoryPicture(status)
        report = MapReport(status)
    }

    public var text: String {
        let enlarged = picture.parts.filter(\.kind.isSection)
        let legendTop = enlarged.isEmpty ? 160.0 : 300.0
        let height = legendTop + 20 + Double(picture.parts.count) * 20 + 16
        var lines = [
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.number(Self.width)) \(Self.number(height))" \
            role="img" font-family="system-ui, sans-serif" font-size="13">
            """,
            "<title>\(Self.escaped(report.heading))</title>", Self.styles,
            "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>",
            label(report.heading, Self.left, 26, "title"),
            label("0", Self.left, 60), label(ByteSize.text(picture.top), Self.width - Self.left, 60, "end"),
        ]
        lines += bar(picture.parts, top: 68, places: trueScale)
        lines += arrow
        if let first = enlarged.first, let last = enlarged.last {
            lines += lens(first, last)
            lines += bar(enlarged, top: 220, places: enlargedScale(enlarged), labelled: true)
        }
        lines += legend(top: legendTop)
        return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    /// Left edge and width of a part in the whole of memory.
    private func trueScale(_ part: MemoryPart) -> (Double, Double) {
        let scale = picture.top == 0 ? 0 : Self.barWidth / Double(picture.top)
        return (Self.left + Double(part.start) * scale, Double(part.size) * scale)
    }

    private func enlargedScale(_ parts: [MemoryPart]) -> (MemoryPart) -> (Double, Double) {
        let minimums = parts.map { $0.label.isEmpty ? 20 : 60 }
        let scale = Scale(sizes: parts.map(\.size), minimums: minimums, width: Int(Self.barWidth))
        var places: [MemoryPart: (Double, Double)] = [:]
        var edge = Self.left
        for (index, part) in parts.enumerated() {
            places[part] = (edge, Double(scale.widths[index]))
            edge += Double(scale.widths[index])
        }
        return { places[$0] ?? (Self.left, 0) }
    }

    private func bar(
        _ parts: [MemoryPart],
        top: Double,
        places: (MemoryPart) -> (Double, Double),
        labelled: Bool = false
    ) -> [String] {
        parts.flatMap { part -> [String] in
            let (left, width) = places(part)
            let box =
                "<rect class=\"box \(part.kind.rawValue)\" x=\"\(Self.number(left))\" y=\"\(Self.number(top))\" "
                + "width=\"\(Self.number(width))\" height=\"\(Self.number(Self.barHeight))\">"
                + "<title>\(Self.escaped(describe(part)))</title></rect>"
            let name = part.kind == .bootMemory ? "boot memory" : part.kind == .held ? "held" : part.label
            let fits = Double(name.count) * 8 + 4 < width
            let text = label(name, left + width / 2, top + 27, "name")
            return [box] + ((labelled || fits) && !name.isEmpty ? [text] : [])
        }
    }

    /// What becomes of boot memory, or of the dump.
    private var arrow: [String] {
        guard let boot = picture.parts.first(where: { $0.kind == .bootMemory }) else { return [] }
        func middle(_ part: MemoryPart) -> Double {
            let (left, width) = trueScale(part)
            return left + width / 2
        }
        let from = middle(boot)
        switch picture.figure {
        case .firstKernel:
            guard let dump = picture.parts.first(where: { $0.kind == .dump }) else { return [] }
            let to = middle(dump)
            let path = "M \(Self.number(from)) 116 V 136 H \(Self.number(to)) V 120"
            let words = "at a crash, firmware copies boot memory to the reserved area"
            return [
                "<path class=\"line\" marker-end=\"url(#tip)\" d=\"\(path)\"/>", label(words, from + 8, 152),
            ]
        case .secondKernel:
            return [
                label("used by the second kernel to boot", Self.left, 134),
                label("the rest is held: /proc/vmcore", Self.width - Self.left, 134, "end"),
            ]
        case .none: return []
        }
    }

    /// The lines from the reserved dump area to its enlargement.
    private func lens(_ first: MemoryPart, _ last: MemoryPart) -> [String] {
        let (left, _) = trueScale(first)
        let (edge, width) = trueScale(last)
        return [
            line(left, 114, Self.left, 218), line(edge + width, 114, Self.width - Self.left, 218),
            label("reserved dump area, enlarged", Self.width / 2, 208, "name"),
        ]
    }

    private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
        "<path class=\"lens\" d=\"M \(Self.number(x1)) \(Self.number(y1)) L \(Self.number(x2)) \(Self.number(y2))\"/>"
    }

    private func legend(top: Double) -> [String] {
        picture.parts.enumerated().flatMap { index, part -> [String] in
            let y = top + 20 + Double(index) * 20
            let swatch =
                "<rect class=\"box \(part.kind.rawValue)\" x=\"\(Self.number(Self.left))\" "
                + "y=\"\(Self.number(y - 11))\" width=\"14\" height=\"14\"/>"
            return [swatch, label(describe(part), Self.left + 24, y)]
        }
    }

    private func describe(_ part: MemoryPart) -> String {
        let last = part.start &+ part.size &- 1
        let range = "\(KernelFormat.wideHex(part.start))-\(KernelFormat.wideHex(last))"
        return "\(part.meaning): \(range), \(ByteSize.text(part.size))"
    }

    private func label(_ text: String, _ x: Double, _ y: Double, _ style: String = "") -> String {
        let style = style.isEmpty ? "" : " class=\"\(style)\""
        return "<text\(style) x=\"\(Self.number(x))\" y=\"\(Self.number(y))\">\(Self.escaped(text))</text>"
    }

    /// One decimal is a tenth of a pixel.
    private static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
