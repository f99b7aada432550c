import Presentation

/// What `fadumpfs vmcore --output` says: what was copied.
struct CopyReport: Report {
    var file: String
    var size: UInt64
    /// Bytes that were not holes, in this run and earlier ones.
    var data: UInt64
    var resumedAt: UInt64
    var seconds: Double

    static let shape = Shape.object([
        Field("file", .text, "The copy."),
        Field("size", .number, "Its length in bytes."),
        Field("data", .number, "Bytes of data in it; the rest are holes."),
        Field(
            "resumedAt",
            .number,
            "The offset at which an earlier copy was gone on with; 0 if there was none.",
            inText: false
        ),
        Field("seconds", .number, "How long it took.", inText: false),
    ])

    func show(on page: inout Page) {
        let note = resumedAt > 0 ? ", resumed at \(resumedAt)" : ""
        page.line(
            StyledText(file, .bold)
                + StyledText(": \(size) bytes, \(data) of them data, the rest holes\(note)")
        )
    }
}
