import DumpFormats
import DumpVerification
import Pictures
import Presentation

extension VerificationReport {
    static let shape = Shape.object([
        Field(
            "verdict",
            .choice(Verdict.allCases.map(\.rawValue)),
            "sound: nothing that had to be there lacks or is wrong."
        ),
        Field("dump", .list(.text), "The files of the dump."),
        Field("truth", .text, "What it was held against."),
        Field("machine", .text, "The machine that crashed."),
        Field("crashedBoot", .number, "Which of its boots crashed, counted from 1."),
        Field("format", .choice(DumpFormat.allCases.map(\.rawValue)), "How the dump keeps memory."),
        Field("flattened", .flag, "Whether it was written as a stream."),
        Field("level", .number, "What may be missing: the bits of makedumpfile -d."),
        Field(
            "levelFrom",
            .choice(DumpLevel.Origin.allCases.map(\.rawValue)),
            "Who says so: --level (given), the dump, or nobody (unknown, which is 0).",
            inText: false
        ),
        Field("window", window, "The memory that was looked at, where that was not all.", optional: true),
        Field("problems", .list(.text), "What is wrong with the dump as a whole."),
        Field("stated", .list(stated), "What the dump's headers say, and what is true."),
        Field("pages", pages, "Pages of memory by what the dump has of them."),
        Field("filtered", .list(use), "The filtered ones by what they were used for."),
        Field("missing", .list(use), "The missing ones, likewise."),
        Field("damage", .list(damage), "Memory that is missing, wrong or unreadable, neighbours made one."),
        Field("damageLeftOut", .number, "How many more such ranges there are.", inText: false),
        Field("misplaced", .list(misplaced), "Pages that hold what was elsewhere in memory."),
        Field("misplacedLeftOut", .number, "How many more of them there are.", inText: false),
        Field("cpus", .list(cpu), "The CPUs whose registers the dump has to have.", inText: false),
        Field("superfluousCPUs", .number, "Notes with registers that no CPU had.", inText: false),
        Field("vmcoreinfo", .list(line), "Lines of VMCOREINFO that are not as they were."),
        Field("notes", .list(note), "Other notes that are not as they were."),
        Field("superfluous", .number, "Bytes of memory in the dump that nobody could dump.", inText: false),
        Field("picture", .list(band), "Memory in bands, neighbours of one kind made one.", inText: false),
    ])

    private static let window = Shape.object([
        Field("start", .address, "Its first address."), Field("end", .address, "The address behind it."),
    ])

    private static let stated = Shape.object([
        Field("what", .text, "What it is about."), Field("dump", .text, "What the dump says."),
        Field("truth", .text, "What is true."), Field("right", .flag, "Whether they are the same."),
    ])

    private static let pages = Shape.object([
        Field("total", .number, "All that a dump can have."),
        Field("right", .number, "There, with the bytes that memory held."),
        Field("filtered", .number, "Not there, which is allowed at the level."),
        Field("missing", .number, "Not there, though they had to be."),
        Field("wrong", .number, "There with other bytes."),
        Field("unreadable", .number, "In a part of the file that is cut off or cannot be decoded."),
    ])

    static let use = Shape.object([
        Field("use", .choice(uses), "What they were used for."),
        Field("pages", .number, "How many there are."),
    ])

    private static let damage = Shape.object([
        Field("state", .choice(PageState.allCases.filter(\.isDamage).map(\.name)), "What is the matter."),
        Field("start", .address, "The first address."),
        Field("end", .address, "The address behind the last."),
        Field("pages", .number, "How many pages it is."),
        Field("use", .choice(uses), "What they were used for.", optional: true),
        Field("detail", .text, "More about the first of them.", optional: true),
    ])

    private static let misplaced = Shape.object([
        Field("address", .address, "Where the dump has it."),
        Field("belongs", .address, "Where it was in memory."),
        Field("swapped", .flag, "Whether the dump has the one in the place of the other, too."),
    ])

    private static let cpu = Shape.object([
        Field("cpu", .number, "Its logical number."), Field("crashing", .flag, "Whether it crashed."),
        Field("state", .choice(CPUFinding.State.allCases.map(\.rawValue)), "How its registers are."),
        Field(
            "registers",
            .list(
                .object([
                    Field("name", .text, "The register."), Field("dump", .address, "What the dump has."),
                    Field("truth", .address, "What it held."),
                ])
            ),
            "Those that are wrong."
        ),
        Field("problem", .text, "What else is wrong with its note.", optional: true),
    ])

    private static let line = Shape.object([
        Field("key", .text, "Before the equals sign."),
        Field("dump", .text, "What the dump has behind it.", optional: true),
        Field("truth", .text, "What was there.", optional: true),
    ])

    private static let note = Shape.object([
        Field("name", .text, "Who defined it."), Field("type", .number, "Its type."),
        Field("problem", .text, "What is the matter."),
    ])

    private static let band = Shape.object([
        Field("start", .address, "The first address."), Field("size", .bytes, "How much it is."),
        Field("state", .choice(DumpPicture.Band.allCases.map(\.rawValue)), "The worst that it has."),
    ])
}
