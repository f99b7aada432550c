import KernelComparison
import Presentation

extension KernelView {
    /// `inDetail` where the text lists files and programs too.
    static func shape(inDetail: Bool) -> Shape {
        .object([
            Field("name", .text, "What --kernel takes."),
            Field("release", .text, "What uname -r says."),
            Field("summary", .text, "What is new in it, and when it came out."),
            Field(
                "endiannesses",
                .list(.choice(["big", "little"])),
                "Its byte orders; the first is the default."
            ),
            Field("evidence", evidence(inDetail: inDetail), "What the emulation of it rests on."),
            Field("files", .list(file), "Everything below /sys and /proc.", inText: inDetail),
            Field("tools", .list(tool), "What programs make of its dump.", inText: inDetail),
        ])
    }

    private static func evidence(inDetail: Bool) -> Shape {
        .object([
            Field("kind", .choice(["recorded", "read"]), "A kernel that ran and was recorded, or texts."),
            Field("what", .text, "The kernel's version, or the texts.", inText: inDetail),
            Field("endian", .choice(["big", "little"]), "The byte order recorded.", optional: true),
        ])
    }

    private static let file = Shape.object([
        Field("path", .text, "Its path; a directory ends in a slash."),
        Field("mode", .text, "Its permission bits in octal."),
        Field("target", .text, "Where a symbolic link points.", optional: true),
        Field("when", .list(.choice(Moment.allCases.map(\.rawValue))), "When it is there."),
    ])

    private static let tool = Shape.object([
        Field("name", .text, "Program, version and options."),
        Field("reads", .flag, "Whether it reads the dump."),
        Field("verdict", .text, "What it makes of the dump, or what that lacks."),
    ])
}
