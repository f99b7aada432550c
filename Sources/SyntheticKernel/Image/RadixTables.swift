import PhysicalMemory

/// The kernel's radix page tables: all memory, in pages of 1 GiB.
///
/// Two of the four levels are enough: entries of the directory cover 512 GiB, those of the next level are leaves.
/// Entries are big-endian in every kernel: the processor reads them.
/// Source: Power ISA 3.0B, 5.7.10; arch/powerpc/include/asm/book3s/64/pgtable.h (Linux 4.7 and later).
struct RadixTables {
    let layout: KernelLayout
    /// The end of the memory that is mapped.
    let end: UInt64

    private static let entries: UInt64 = 512
    private static let leafSize: UInt64 = 1 << 30
    private static let valid: UInt64 = 1 << 63
    private static let leaf: UInt64 = 1 << 62
    /// The next level has 2^9 entries.
    private static let nextLevelBits: UInt64 = 9
    /// Privileged, readable, writable, executable, referenced and changed.
    private static let permissions: UInt64 = 0x18f
    /// Directories of 4 KiB that there is room for: 64 TiB.
    private static let room: UInt64 = 128

    func patches() -> [MemoryPatch] {
        let leaves = end / Self.leafSize + (end % Self.leafSize == 0 ? 0 : 1)
        let tables = min(leaves / Self.entries + (leaves % Self.entries == 0 ? 0 : 1), Self.room)
        guard tables > 0 else { return [] }
        let directory = (0..<tables).map { table in
            layout.image.upperDirectories + table * Self.entries * 8 | Self.valid | Self.nextLevelBits
        }
        let upper = (0..<min(leaves, tables * Self.entries)).map { index in
            index * Self.leafSize | Self.valid | Self.leaf | Self.permissions
        }
        return [
            MemoryPatch(address: layout.image.pageDirectory, bytes: Self.bytes(directory)),
            MemoryPatch(address: layout.image.upperDirectories, bytes: Self.bytes(upper)),
        ]
    }

    private static func bytes(_ entries: [UInt64]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: entries.count * 8) { buffer, count in
            for (index, entry) in entries.enumerated() {
                UnsafeMutableRawBufferPointer(buffer)
                    .storeBytes(of: entry.bigEndian, toByteOffset: index * 8, as: UInt64.self)
            }
            count = entries.count * 8
        }
    }
}
