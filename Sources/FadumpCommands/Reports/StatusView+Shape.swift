import CoreFile
import DumpFormats
import FadumpKernel
import Presentation

extension StatusView {
    static let shape = Shape.object(
        identity + software + hardware + dump + [
            Field("kdumpReserved", .bytes, "Memory reserved for a kdump kernel.", optional: true),
            Field("kdumpStart", .address, "Where it is reserved.", optional: true),
            Field("kdumpLoaded", .flag, "Whether a kdump kernel is loaded.", inText: false),
            Field(
                "origins",
                .map(.text),
                "Where each setting comes from: default, option --NAME or FILE:LINE."
            ),
        ]
    )

    private static let identity = [
        Field("name", .text, "The machine's name."),
        Field("mountPoint", .text, "Where its files are mounted."),
        Field("pid", .number, "The process id of its daemon."),
        Field("power", .choice(["running", "crashed", "resetting", "off"]), "How it stands."),
        Field("boot", .number, "The boot that runs, counted from 1."),
        Field("uptimeMicroseconds", .number, "Machine time since the kernel started.", inText: false),
    ]

    private static let software = [
        Field("kernel", .text, "The kernel profile."),
        Field("release", .text, "What uname -r says."),
        Field("endian", .choice(["big", "little"]), "The kernel's byte order."),
        Field("pageSize", .bytes, "The kernel's page size."),
        Field(
            "dumpArchitecture",
            .choice(DumpArchitecture.all.map(\.name)),
            "What a dump looks like: power, or for convenience x86_64."
        ),
        Field("commandLine", .text, "The kernel command line of this boot."),
    ]

    private static let hardware = [
        Field("platform", .choice(["pseries", "powernv"]), "A partition, or the bare machine."),
        Field("firmware", .text, "Its firmware."),
        Field("clock", .choice(["instant", "real"]), "How machine time passes."),
        Field("seed", .number, "The seed of all that is arbitrary."),
        Field("cpus", .list(.number), "The CPUs that are online."),
        Field("maximumCPUs", .number, "How many CPUs the register save area has room for."),
        Field("memory", .bytes, "RAM in all."),
        Field("memoryMap", .text, "RAM as ranges START-END."),
        Field("firmwareMemory", .text, "What of it firmware keeps for itself.", optional: true),
        Field("image", image, "The file with a real kernel's memory that it boots with.", optional: true),
        Field("memoryAllocated", .bytes, "Host memory behind it."),
        Field("pages", .map(.number), "How many pages the running kernel uses for what.", optional: true),
    ]

    private static let image = Shape.object([
        Field("file", .text, "The file."),
        Field("format", .choice(DumpFormat.allCases.map(\.rawValue)), "How memory is kept in it."),
        Field("flattened", .flag, "Whether it is a flattened file."),
        Field("present", .bytes, "Memory that it has; the rest reads as zero."),
        Field("missingPages", .number, "Pages of memory that it lacks."),
    ])

    private static let section = Shape.object([
        Field(
            "name",
            .choice(["CPU", "HPTE", "DUMP", "ELF", "INFO", "META", "PARAM"]),
            "Its name in the figures, the first four as in the design document's."
        ),
        Field("start", .address, "Its first address."),
        Field("size", .bytes, "Its size."),
        Field("dumped", .bytes, "What firmware saved there for the waiting dump."),
    ])

    private static let dump = [
        Field("fadump", .choice(FadumpStatus.allCases.map(\.rawValue)), "How fadump stands.", optional: true),
        Field(
            "area",
            .object([
                Field("start", .address, "Its first address."),
                Field("size", .bytes, "Its size."),
                Field("bootMemorySize", .bytes, "How much low memory a capture kernel boots in."),
                Field("sections", .list(section), "What lies in it, in address order."),
                Field(
                    "heldFrom",
                    .address,
                    "From here on memory is held for a waiting dump.",
                    optional: true
                ),
            ]),
            "The reserved dump area.",
            optional: true
        ),
        Field("vmcoreSize", .number, "Bytes of /proc/vmcore, where a dump waits.", optional: true),
        Field("vmcoreMode", .choice(["passthrough", "direct"]), "How it is read.", optional: true),
        Field("vmcoreModeReason", .text, "Why it is read directly.", optional: true),
    ]
}
