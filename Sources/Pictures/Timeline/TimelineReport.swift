import Machine
import Presentation

/// What `fadumpfs timeline` says: what happened in which boot.
public struct TimelineReport: Report {
    /// One boot, from the kernel's start until firmware launches the next one.
    public struct Boot: Encodable, Sendable, Hashable {
        /// Counts from 1; 0 is what happened before the first.
        public var number: UInt64
        /// The kernel and how fadump stood when it was up; nil before the first boot.
        public var kernel: String?
        public var fadump: String?
        public var events: [Entry]
    }

    /// One event.
    public struct Entry: Encodable, Sendable, Hashable {
        public var sequence: UInt64
        /// Microseconds of machine time since the machine was built.
        public var time: UInt64
        public var event: String
        /// The event in words.
        public var text: String
        let style: Style
        let sign: String

        init(_ event: Event) {
            let words = EventWords(event)
            sequence = event.sequence
            time = event.time
            self.event = event.event
            (text, style, sign) = (words.text, words.style, words.sign)
        }

        private enum CodingKeys: CodingKey { case sequence, time, event, text }
    }

    public var machine: String
    public var boots: [Boot]

    public init(machine: String, events: [Event]) {
        self.machine = machine
        boots = []
        for event in events {
            if event.event == "boot" || boots.isEmpty {
                boots.append(Boot(number: event.boot, kernel: nil, fadump: nil, events: []))
            }
            guard event.event == "boot" else {
                boots[boots.count - 1].events.append(Entry(event))
                continue
            }
            boots[boots.count - 1].kernel = event.details["kernel"]
            boots[boots.count - 1].fadump = event.details["fadump"]
        }
    }

    public static let shape = Shape.object([
        Field("machine", .text, "The machine's name."),
        Field(
            "boots",
            .list(
                .object([
                    Field("number", .number, "The boot, counted from 1; 0 is before the first."),
                    Field("kernel", .text, "The kernel's profile.", optional: true),
                    Field("fadump", .text, "How fadump stood when the kernel was up.", optional: true),
                    Field(
                        "events",
                        .list(
                            .object([
                                Field("sequence", .number, "Counts the machine's events.", inText: false),
                                Field("time", .number, "Machine time in microseconds.", inText: false),
                                Field(
                                    "event",
                                    .text,
                                    "What happened, as machine/events has it.",
                                    inText: false
                                ),
                                Field("text", .text, "What happened, in words."),
                            ])
                        ),
                        "What happened until the next boot, in order."
                    ),
                ])
            ),
            "The boots, in order."
        ),
    ])

    public func show(on page: inout Page) {
        page.heading("\(machine): what happened in which boot (seconds of machine time)")
        for boot in boots {
            page.line()
            let kernel = boot.kernel.map { "boot \(boot.number): \($0)" } ?? "before the first boot"
            let state = boot.fadump.map { StyledText(", fadump ") + StyledText($0, Self.style(of: $0)) }
            page.line(StyledText(kernel, .bold) + (state ?? ""))
            for entry in boot.events {
                let time = StyledText(Self.seconds(entry.time), .dim)
                page.line(
                    "  " + StyledText(entry.sign, entry.style) + " " + time + "  "
                        + StyledText(entry.text, entry.style)
                )
            }
        }
    }

    private static func style(of fadump: String) -> Style {
        switch fadump {
        case "dump-active": .magenta
        case "registered": .green
        case "unregistered": .yellow
        default: .dim
        }
    }

    /// Microseconds as seconds with four decimals, right-aligned.
    static func seconds(_ microseconds: UInt64) -> String {
        let tenths = microseconds / 100
        let fraction = String(tenths % 10_000)
        let text = "\(tenths / 10_000)." + String(repeating: "0", count: 4 - fraction.count) + fraction
        return String(repeating: " ", count: max(0, 10 - text.count)) + text
    }
}
