import KernelProfile
import Machine
import Presentation

/// Draws the figures with characters, as the design document does.
struct MapDrawing {
    let picture: MemoryPicture
    let scale: Scale
    /// The column of each part's left edge, and of the right edge of the last.
    private let edges: [Int]

    /// Wide enough that the words above the reserved dump area fit.
    private static let dumpWidth = 13

    init(_ picture: MemoryPicture, width: Int) {
        self.picture = picture
        // Each part has its left edge; the last right edge is one more column, and a margin of two keeps the left.
        let minimums = picture.parts.map { $0.kind == .dump ? Self.dumpWidth : $0.label.count + 1 }
        let room = max(width - 4, minimums.reduce(0, +))
        scale = Scale(sizes: picture.parts.map(\.size), minimums: minimums.map { max(2, $0) }, width: room)
        edges = scale.widths.reduce(into: [2]) { $0.append(($0.last ?? 0) + $1) }
    }

    private var right: Int { edges.last ?? 2 }

    func draw(on page: inout Page) {
        let reserved = reservedEdges
        page.line(over("Low memory", "Top of memory"))
        page.line(marks(bootMemoryLabel, at: edges.count > 1 ? edges[1] : nil))
        page.line(arrows(from: reserved, text: "Reserved dump area"))
        page.line(feet(from: reserved))
        page.line(rule)
        page.line(boxes)
        page.line(rule)
        for line in footer { page.line(line) }
    }

    /// Where the reserved dump area begins and ends: in a second kernel, with the memory that is held with it.
    private var reservedEdges: (from: Int, to: Int)? {
        let isReserved = { (part: MemoryPart) in part.kind.isSection || part.kind == .held }
        guard let first = picture.parts.firstIndex(where: isReserved),
            let last = picture.parts.lastIndex(where: isReserved)
        else { return nil }
        return (edges[first], edges[last + 1])
    }

    private var bootMemoryLabel: String {
        guard let first = picture.parts.first, first.kind == .bootMemory else { return "" }
        return "boot memory size " + ByteSize.text(first.size)
    }

    private func over(_ left: String, _ last: String) -> StyledText {
        var canvas = Canvas()
        canvas.put(left, at: 2)
        canvas.put(last, at: right + 1 - last.count)
        return canvas.text
    }

    private func marks(_ label: String, at edge: Int?) -> StyledText {
        var canvas = Canvas()
        canvas.put("0", at: 2)
        if let edge, !label.isEmpty { canvas.put(label, at: edge) }
        let top = ByteSize.text(picture.top)
        canvas.put(top, at: right + 1 - top.count)
        return canvas.text
    }

    private func arrows(from area: (from: Int, to: Int)?, text: String) -> StyledText {
        var canvas = Canvas()
        canvas.put("|", at: 2)
        if picture.figure != .none, edges.count > 1 { canvas.put("|", at: edges[1]) }
        canvas.put("|", at: right)
        if let area {
            canvas.put(Self.span(text, area.to - area.from - 1), at: area.from + 1, .yellow)
            for edge in [area.from, area.to] { canvas.put("|", at: edge) }
        }
        return canvas.text
    }

    /// `<--- text --->`, as much of it as fits.
    static func span(_ text: String, _ width: Int) -> String {
        guard width >= text.count + 4 else { return String(("<" + text + ">").prefix(max(0, width))) }
        let dashes = width - text.count - 2
        let left = String(repeating: "-", count: dashes / 2)
        return "<" + left + text + String(repeating: "-", count: dashes - left.count) + ">"
    }

    private func feet(from area: (from: Int, to: Int)?) -> StyledText {
        var canvas = Canvas()
        canvas.put("V", at: 2)
        if picture.figure != .none, edges.count > 1 { canvas.put("V", at: edges[1]) }
        canvas.put("V", at: right)
        if let area, picture.figure == .firstKernel {
            for edge in [area.from, area.to] where edge < right { canvas.put("|", at: edge) }
            let text = "permanent reservation"
            let room = area.to - area.from - 1
            if room > text.count + 1 {
                canvas.put(text, at: area.from + 1 + (room - text.count) / 2, .yellow)
            }
        }
        return canvas.text
    }

    private var rule: StyledText {
        var canvas = Canvas()
        canvas.put(String(repeating: "-", count: max(0, right - 2)), at: 2)
        for (index, part) in picture.parts.enumerated() where part.kind == .hole {
            canvas.put(String(repeating: " ", count: edges[index + 1] - edges[index]), at: edges[index])
        }
        for edge in edges { canvas.put("+", at: edge) }
        return canvas.text
    }

    private var boxes: StyledText {
        var canvas = Canvas()
        for (index, part) in picture.parts.enumerated() {
            let room = edges[index + 1] - edges[index] - 1
            let label = part.label
            let fill: Character = part.kind == .held ? "/" : part.kind == .hole ? "." : " "
            let left = max(0, (room - label.count) / 2)
            let text = String(repeating: fill, count: left) + label
            let box = text + String(repeating: fill, count: max(0, room - text.count))
            canvas.put(box, at: edges[index] + 1, part.kind.style)
        }
        for edge in edges { canvas.put("|", at: edge) }
        return canvas.text
    }

    /// What becomes of the memory: the lines below the boxes.
    private var footer: [StyledText] {
        guard let boot = middle(of: .bootMemory) else { return [] }
        switch picture.figure {
        case .none: return []
        case .firstKernel:
            guard let dump = middle(of: .dump) else { return [] }
            var up = Canvas()
            up.put("|", at: boot)
            up.put("^", at: dump)
            var across = Canvas()
            across.put("\\" + String(repeating: "_", count: max(0, dump - boot - 1)) + "/", at: boot)
            var words = Canvas()
            words.put("at a crash, firmware copies boot memory to the reserved area", at: boot + 2, .dim)
            return [up.text, across.text, words.text]
        case .secondKernel:
            let last = right - 2
            var down = Canvas()
            down.put("|", at: boot)
            down.put("|", at: last)
            var feet = Canvas()
            feet.put("V", at: boot)
            feet.put("V", at: last)
            var words = Canvas()
            words.put("used by the second kernel", at: 2, .dim)
            let vmcore = "/proc/vmcore"
            words.put(vmcore, at: max(28, right + 1 - vmcore.count), .dim)
            return [down.text, feet.text, words.text]
        }
    }

    private func middle(of kind: MemoryPart.Kind) -> Int? {
        picture.parts.firstIndex { $0.kind == kind }.map { (edges[$0] + edges[$0 + 1]) / 2 }
    }
}

extension MemoryPart.Kind {
    /// The colour of its box.
    var style: Style {
        switch self {
        case .bootMemory: .green
        case .memory: .plain
        case .hole, .firmware: .dim
        case .held: .yellow
        case .cpu, .hpte, .elf, .info, .metadata, .parameters: .cyan
        case .padding: .dim
        case .dump: .magenta
        case .kdump: .blue
        }
    }
}
