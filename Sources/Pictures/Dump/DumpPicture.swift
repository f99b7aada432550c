import KernelProfile
import Machine
import Presentation

/// What a dump has of memory, drawn as rows of bands, a character each.
///
/// Of what a band has, the worst shows: a single wrong page is seen among gigabytes that are right.
public struct DumpPicture: Sendable, Hashable {
    /// What is said of a band.
    public enum Band: String, Sendable, Hashable, CaseIterable, Encodable {
        case right
        /// Some of it was left out, which was allowed.
        case thinned
        /// All of it was left out, which was allowed.
        case filtered
        case missing
        case corrupt
        /// No memory that a dump could have.
        case none

        var mark: (text: String, style: Style) {
            switch self {
            case .right: ("#", .green)
            case .thinned: ("+", .green)
            case .filtered: (".", .dim)
            case .missing: ("o", .yellow)
            case .corrupt: ("X", .red)
            case .none: (" ", .plain)
            }
        }

        var words: String {
            switch self {
            case .right: "present"
            case .thinned: "present in part, the rest filtered"
            case .filtered: "filtered"
            case .missing: "missing"
            case .corrupt: "corrupt"
            case .none: "no memory"
            }
        }
    }

    /// The first address, and bytes that a band stands for.
    public var start: UInt64
    public var width: UInt64
    public var bands: [Band]

    /// Bands in a row.
    public static let columns = 64
    /// Rows that a picture has at most.
    public static let rows = 8

    public init(start: UInt64, width: UInt64, bands: [Band]) {
        self.start = start
        self.width = width
        self.bands = bands
    }

    public func show(on page: inout Page) {
        let rows = stride(from: 0, to: bands.count, by: Self.columns)
        let labels = rows.map { KernelFormat.hex(start &+ UInt64($0) &* width) }
        let column = (labels.map(\.count).max() ?? 0) + 2
        for (label, first) in zip(labels, rows) {
            let row = bands[first..<min(first + Self.columns, bands.count)]
            let fill = String(repeating: " ", count: column - label.count - 1)
            page.line(StyledText(fill + label + " ", .dim) + "|" + marks(row) + "|")
        }
        page.line(StyledText("one character is \(ByteSize.text(width)) or less; the worst of it shows", .dim))
        let seen = Set(bands)
        for band in Band.allCases where band != .none && seen.contains(band) {
            page.line(StyledText("  \(band.mark.text)", band.mark.style) + StyledText("  \(band.words)"))
        }
    }

    /// A span for each run of one kind.
    private func marks(_ row: ArraySlice<Band>) -> StyledText {
        var text: StyledText = ""
        var rest = row
        while let band = rest.first {
            let run = rest.prefix { $0 == band }
            rest = rest.dropFirst(run.count)
            text += StyledText(String(repeating: band.mark.text, count: run.count), band.mark.style)
        }
        return text
    }
}
