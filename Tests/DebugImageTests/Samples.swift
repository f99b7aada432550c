import BinaryCodec
import CoreFile
import DebugImage

/// A small kernel with a bit of everything that can be described.
func sample(_ endianness: Endianness, _ machine: ELFMachine = .ppc64) -> ImageDescription {
    let base: UInt64 = 0xc000_0000_0000_0000
    var image = ImageDescription(
        endianness: endianness,
        machine: machine,
        flags: endianness == .big ? 1 : 2,
        buildID: Array(1...20),
        sections: [
            ImageSection(".text", at: base, size: 0x1000, isCode: true),
            ImageSection(".data", at: base + 0x1000, size: 0x1000),
            ImageSection(".rodata", at: base + 0x2000, Array("Linux version 0".utf8)),
        ],
        symbols: [
            ImageSymbol("_stext", at: base, .function),
            ImageSymbol("init_task", at: base + 0x1100, size: 24),
            ImageSymbol("far_away", at: 1),
        ]
    )
    image.types.structures["task_struct"] = Aggregate(
        byteCount: 24,
        [
            .init("pid", .alias("pid_t"), at: 0),
            .init("level", .unsignedInt, at: 4, bits: .init(offset: 37, count: 3)),
            .init("parent", .pointer(.structure("task_struct")), at: 8),
            .init("mm", .pointer(.structure("mm_struct")), at: 16),
        ]
    )
    image.types.unions["both"] = Aggregate(
        byteCount: 8,
        [
            .init("number", .long, at: 0), .init("bytes", .array(.char, count: 8), at: 0),
            .init("call", .pointer(.function), at: 0), .init("any", .pointer(nil), at: 0),
        ]
    )
    image.types.enumerations["state"] = Enumeration([
        .init("miss", -1), .init("reserved", 0), .init("last", 300),
    ])
    image.types.aliases["pid_t"] = .int
    image.variables = [
        ImageVariable("init_task", .structure("task_struct"), at: base + 0x1100),
        ImageVariable("names", .array(.char, count: nil), at: base + 0x1200),
    ]
    return image
}
