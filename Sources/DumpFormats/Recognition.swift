/// Which format files are of, told by how they begin.
enum Recognition {
    /// The contents of one file, or of all files of a split dump.
    static func contents(
        of files: [any DumpBytes],
        _ raw: RawMemory?
    ) throws(DumpFailure) -> any DumpContents {
        guard files.count != 1 else { return try contents(of: files[0], raw) }
        var parts: [(KdumpDump, String)] = []
        for file in files {
            guard try magic(of: file).starts(with: KdumpHeader.magic) else {
                throw .unsuitable("\(file.name) is no part of a split dump: those are kdump-compressed files")
            }
            parts.append((try KdumpDump(file), file.name))
        }
        return try SplitDump(parts)
    }

    private static func contents(
        of file: any DumpBytes,
        _ raw: RawMemory?
    ) throws(DumpFailure) -> any DumpContents {
        let magic = try magic(of: file)
        if magic == FlattenedBytes.magic {
            let ordered = try FlattenedBytes(file)
            // Nobody flattens twice; and each time would go deeper.
            guard try self.magic(of: ordered) != FlattenedBytes.magic else {
                throw file.invalid("the first bytes", 4112, "a flattened file in a flattened file")
            }
            return FlattenedDump(try contents(of: ordered, nil))
        }
        if magic.starts(with: [0x7f, 0x45, 0x4c, 0x46]) { return try ELFDump(file) }
        if magic.starts(with: KdumpHeader.magic) {
            let dump = try KdumpDump(file)
            return dump.isSplit ? try SplitDump([(dump, file.name)]) : dump
        }
        if let raw { return try RawDump(file, raw) }
        throw file.invalid(
            "the first bytes",
            0,
            "neither an ELF core nor a kdump-compressed or flattened file"
        )
    }

    /// The first 16 bytes, fewer where the file is shorter.
    private static func magic(of file: any DumpBytes) throws(DumpFailure) -> [UInt8] {
        try file.bytes(at: 0, Int(min(16, file.size)), "the first bytes")
    }
}
