import CoreFile
import Machine
import Presentation

/// What `fadumpfs vmlinux` says: which kernel's file was written.
struct VmlinuxReport: Report {
    var file: String
    var size: UInt64
    var kernel: String
    var release: String
    var endian: String
    var pageSize: UInt64
    var architecture: String
    var buildID: String
    var symbols: Int
    var structures: Int

    init(_ vmlinux: Vmlinux, of machine: MachineConfiguration, in file: String) {
        self.file = file
        size = UInt64(vmlinux.bytes.count)
        kernel = machine.kernel.name
        release = machine.kernel.release
        endian = machine.effectiveEndianness.rawValue
        architecture = machine.dumpArchitecture.name
        pageSize = machine.dumpArchitecture.pageSize ?? machine.pageSize
        buildID = vmlinux.buildID
        symbols = vmlinux.symbols
        structures = vmlinux.structures
    }

    static let shape = Shape.object([
        Field("file", .text, "The file that was written."),
        Field("size", .number, "Its length in bytes."),
        Field("kernel", .text, "The kernel profile."),
        Field("release", .text, "What uname -r says."),
        Field("endian", .choice(["big", "little"]), "The kernel's byte order."),
        Field("pageSize", .bytes, "Its page size, as the dump has it."),
        Field(
            "architecture",
            .choice(DumpArchitecture.all.map(\.name)),
            "What its dumps look like: power, or for convenience x86_64."
        ),
        Field("buildID", .text, "The identifier of the build, as VMCOREINFO has it since 5.9."),
        Field("symbols", .number, "How many symbols there are."),
        Field("structures", .number, "How many structures are described."),
    ])

    func show(on page: inout Page) {
        page.line(StyledText(file, .bold) + StyledText(": \(size) bytes"))
        page.fields([
            (
                "kernel",
                StyledText("\(kernel) (\(release), \(endian)-endian, \(ByteSize.text(pageSize)) pages)")
            ),
            ("dumps", StyledText(architecture)), ("build", StyledText(buildID)),
            ("knows", StyledText("\(symbols) symbols, \(structures) structures")),
        ])
    }
}
