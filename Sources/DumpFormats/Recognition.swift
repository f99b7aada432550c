/// Which format files are of, told by how they begin.
enum Recognition {
    /// The contents of one file, or of all files of a split dump.
    static func contents(
        of files: [any DumpBytes],
        _ raw: RawMemory?
    ) throws(DumpFailure) -> any DumpContents {
        guard let first = files.first else { throw .unsuitable("no file is named") }
        guard files.count == 1 else { throw .unsuitable("split sets are not read yet") }
        let magic = try magic(of: first)
        if magic.starts(with: [0x7f, 0x45, 0x4c, 0x46]) { return try ELFDump(first) }
        if let raw { return try RawDump(first, raw) }
        throw first.invalid(
            "the first bytes",
            0,
            "neither an ELF core nor a kdump-compressed or flattened file"
        )
    }

    /// The first 16 bytes, fewer where the file is shorter.
    static func magic(of file: any DumpBytes) throws(DumpFailure) -> [UInt8] {
        try file.bytes(at: 0, Int(min(16, file.size)), "the first bytes")
    }
}
