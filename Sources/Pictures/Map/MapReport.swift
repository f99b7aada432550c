import FadumpKernel
import KernelProfile
import Machine
import Presentation

/// What `fadumpfs map` says: the memory of a machine, as a figure and part by part.
public struct MapReport: Report {
    public var machine: String
    public var boot: UInt64
    /// How fadump stands; nil between boots.
    public var fadump: FadumpStatus?
    public var figure: MemoryPicture.Figure
    public var parts: [MemoryPart]
    private let picture: MemoryPicture

    public init(_ status: StatusReport) {
        machine = status.name
        boot = status.boot
        fadump = status.fadump
        picture = MemoryPicture(status)
        figure = picture.figure
        parts = picture.parts
    }

    private enum CodingKeys: CodingKey { case machine, boot, fadump, figure, parts }

    public static let shape = Shape.object([
        Field("machine", .text, "The machine's name."),
        Field("boot", .number, "The boot that runs, counted from 1."),
        Field("fadump", .choice(FadumpStatus.allCases.map(\.rawValue)), "How fadump stands.", optional: true),
        Field(
            "figure",
            .choice(["first-kernel", "second-kernel", "none"]),
            "Which figure of the design document holds.",
            inText: false
        ),
        Field(
            "parts",
            .list(
                .object([
                    Field(
                        "kind",
                        .choice(MemoryPart.Kind.allCases.map(\.rawValue)),
                        "What the memory is for.",
                        inText: false
                    ),
                    Field("start", .address, "The first address."),
                    Field("size", .bytes, "How much it is."),
                ])
            ),
            "All addresses up to the top of memory, in order."
        ),
    ])

    public func show(on page: inout Page) {
        page.heading(heading)
        page.line()
        guard !parts.isEmpty else { return }
        let drawing = MapDrawing(picture, width: page.width)
        drawing.draw(on: &page)
        page.line()
        page.line(StyledText(scaleNote(drawing.scale), .dim))
        page.line()
        let rows = parts.map { part -> [StyledText] in
            let last = part.start &+ part.size &- 1
            let range = "\(KernelFormat.wideHex(part.start))-\(KernelFormat.wideHex(last))"
            return [
                StyledText(part.meaning, part.kind.style), "\(range)", StyledText(ByteSize.text(part.size)),
                "\(share(part.size))",
            ]
        }
        page.table(["part", "addresses", "size", "of all"], rows, right: [2, 3])
    }

    /// The machine, its boot, and which figure this is.
    var heading: String { "\(machine), boot \(boot): \(title)" }

    private var title: String {
        let state = fadump.map { "fadump \($0.rawValue)" } ?? "no kernel runs"
        switch figure {
        case .firstKernel: return state + " (Fig. 1: memory reservation during the first kernel)"
        case .secondKernel:
            return state + " (Fig. 2: memory reservation during the second kernel after a crash)"
        case .none: return state + " (nothing is reserved for fadump)"
        }
    }

    private func scaleNote(_ scale: Scale) -> String {
        let names = scale.widened.sorted().map {
            parts[$0].label.isEmpty ? parts[$0].kind.rawValue : parts[$0].label
        }
        let unit = ProgressLine.amount(UInt64(max(0, scale.bytesPerUnit)))
        let wide = names.isEmpty ? "" : "; too small for it and drawn wider: " + names.joined(separator: ", ")
        return "one column is \(unit)" + wide
    }

    private func share(_ size: UInt64) -> String {
        let permille = picture.top == 0 ? 0 : (Double(size) / Double(picture.top) * 1000).rounded()
        return size > 0 && permille < 1 ? "<0.1 %" : "\(Int(permille) / 10).\(Int(permille) % 10) %"
    }
}
