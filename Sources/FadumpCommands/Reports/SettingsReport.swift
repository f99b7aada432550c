import MachineFile
import Presentation

/// What `fadumpfs machine show` says: every setting, its value, and where that comes from.
struct SettingsReport: Report {
    struct Setting: Encodable {
        var key: String
        var value: String
        var origin: String
    }

    /// The machine file, where there was one.
    var file: String?
    var settings: [Setting]

    init(_ described: DescribedMachine) {
        file = described.file
        settings = FileKey.allCases.compactMap { key in
            guard let value = key.text(described.machine, described.mount) else { return nil }
            return Setting(
                key: key.name,
                value: value,
                origin: key.origin(described.machine, described.mount).description
            )
        }
    }

    static let shape = Shape.object([
        Field("file", .text, "The machine file that was read.", optional: true),
        Field(
            "settings",
            .list(
                .object([
                    Field("key", .text, "The option, and the key in a machine file."),
                    Field("value", .text, "Its value."),
                    Field("origin", .text, "Where that comes from: default, option --NAME or FILE:LINE."),
                ])
            ),
            "Every setting that says something."
        ),
    ])

    /// A machine file that says it all, with the origins as comments.
    func show(on page: inout Page) {
        if let file { page.line(StyledText("# \(file)", .dim)) }
        let rows = settings.map { setting -> [StyledText] in
            let kind = FileKey(setting.key)?.kind ?? .text
            let literal = MachineFileText.literal(setting.value, kind)
            return [
                StyledText(setting.key, .bold) + StyledText(" = \(literal)"),
                StyledText("# \(setting.origin)", .dim),
            ]
        }
        page.table([], rows)
    }
}
