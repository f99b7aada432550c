import BinaryCodec
import PhysicalMemory

/// The page tables of an x86_64 kernel: all memory in the direct map with pages of 1 GiB, the image in its own map with
/// pages of 2 MiB.
///
/// They are as small as that allows: a table for every 512 GiB of addresses, 64 TiB in 128 of them.
/// Source: Intel 64 manual, volume 3A, 4.5 (4-level paging).
struct X86PageTables {
    /// A table of 512 entries.
    struct Table: Hashable {
        var address: UInt64
        var entries: [UInt64]
    }

    static let tableSize: UInt64 = 4096
    /// The addresses that one entry covers, on each level.
    private static let level4: UInt64 = 1 << 39
    private static let level3: UInt64 = 1 << 30
    private static let level2: UInt64 = 1 << 21

    /// Present, writable, accessed, dirty; and a table's entry, or a page of more than 4 KiB.
    private static let table: UInt64 = 0x63
    private static let largePage: UInt64 = 0xe3

    private(set) var tables: [Table] = []

    /// `root` is where the first table is, `others` where there is room for `room` bytes of more. Memory that no table
    /// is left for is in no map; that is none up to 64 TiB if there are 520 KiB.
    init(memory: MemoryMap, root: UInt64, others: UInt64, room: UInt64, directMap: UInt64, imageMap: UInt64) {
        var top = Table(address: root, entries: Self.empty)
        var next = others
        func take() -> UInt64? {
            guard next + Self.tableSize <= others + room else { return nil }
            defer { next += Self.tableSize }
            return next
        }

        if let upper = take(), let middle = take() {
            top.entries[Self.index(imageMap, Self.level4)] = upper | Self.table
            var table = Table(address: upper, entries: Self.empty)
            table.entries[Self.index(imageMap, Self.level3)] = middle | Self.table
            tables.append(table)
            let pages = (0..<512).map { UInt64($0) * Self.level2 | Self.largePage }
            tables.append(Table(address: middle, entries: pages))
        }
        for start in stride(from: 0, to: memory.end.rawValue, by: UInt64.Stride(Self.level4)) {
            guard let address = take() else { break }
            let window = AddressRange(PhysicalAddress(start), upTo: PhysicalAddress(start + Self.level4))
            top.entries[Self.index(directMap &+ start, Self.level4)] = address | Self.table
            tables.append(Table(address: address, entries: Self.pages(of: memory, in: window)))
        }
        tables.insert(top, at: 0)
    }

    private static let empty = [UInt64](repeating: 0, count: 512)

    private static func index(_ address: UInt64, _ level: UInt64) -> Int { Int(address / level % 512) }

    /// Pages of 1 GiB for those of `window` that hold memory.
    private static func pages(of memory: MemoryMap, in window: AddressRange) -> [UInt64] {
        var entries = empty
        for range in memory.intersection(window) where !range.isEmpty {
            let first = index(range.start.rawValue, level3)
            let last = index(range.end.rawValue - 1, level3)
            for entry in first...last {
                entries[entry] = window.start.rawValue + UInt64(entry) * level3 | largePage
            }
        }
        return entries
    }
}

extension X86PageTables.Table {
    func bytes() -> [UInt8] {
        var writer = BinaryWriter(.little, reservingCapacity: entries.count * 8)
        for entry in entries { writer.put(entry) }
        return writer.bytes
    }
}
