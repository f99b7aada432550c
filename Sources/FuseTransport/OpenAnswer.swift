import KernFS

/// How an open file is served: the kernel's `struct fuse_open_out`.
///
/// Source: include/uapi/linux/fuse.h (Linux 6.9).
struct OpenAnswer {
    private static let direct: UInt32 = 1 << 0
    private static let noFlush: UInt32 = 1 << 5
    private static let parallelWrites: UInt32 = 1 << 6
    private static let passthrough: UInt32 = 1 << 7

    var file: UInt64
    var flags: UInt32
    /// The number under which the kernel knows the file of the host; 0 for none.
    var backing: Int32 = 0

    /// Direct: every read and write reaches the tree as it was made, several writers at once, and closing needs no word.
    init(direct file: UInt64) {
        self.file = file
        flags = Self.direct | Self.noFlush | Self.parallelWrites
    }

    /// The kernel reads and maps a file of the host.
    init(_ file: UInt64, through backing: Int32) {
        self.file = file
        flags = Self.noFlush | Self.passthrough
        self.backing = backing
    }
}

extension FuseSession {
    /// How the file that was just opened is served.
    ///
    /// Who may write never gets at a file of the host: no seal of a memory file holds against a shared mapping through
    /// passthrough (Linux 6.18 looks at those of the outer file). While somebody reads the file by passthrough the kernel
    /// refuses this open with EIO, which is what a write would get.
    func answer(toOpening file: UInt64, _ mode: OpenMode) -> OpenAnswer {
        guard !mode.contains(.write), let backings, let backing = fileSystem.backing(ofOpen: file),
            let number = backings.number(of: backing)
        else { return OpenAnswer(direct: file) }
        return OpenAnswer(file, through: number)
    }
}
