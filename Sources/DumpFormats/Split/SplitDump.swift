import PhysicalMemory

/// A dump in several kdump-compressed files, each with the pages of some frames.
///
/// Every file has the headers and bitmaps of the whole. Source: makedumpfile 1.7, `--split`; files that it wrote.
struct SplitDump: DumpContents {
    let description: DumpDescription
    /// In the order of their frames.
    private let parts: [KdumpDump]

    /// Errors: files that are of no split set or not of the same one, overlap, or do not cover all frames.
    init(_ files: [(dump: KdumpDump, name: String)]) throws(DumpFailure) {
        // A part may be without frames: makedumpfile shares pages evenly, not frames.
        let sorted = files.sorted { a, b in
            (a.dump.frames.lowerBound, a.dump.frames.upperBound)
                < (b.dump.frames.lowerBound, b.dump.frames.upperBound)
        }
        guard let first = sorted.first else { throw .unsuitable("no file is named") }
        var position: UInt64 = 0
        for (dump, name) in sorted {
            guard dump.isSplit else { throw .unsuitable("\(name) is a whole dump, not a part of one") }
            guard Self.fit(dump, first.dump) else {
                throw .unsuitable("\(name) and \(first.name) are not parts of the same dump")
            }
            guard dump.frames.lowerBound == position else {
                throw .unsuitable(
                    dump.frames.lowerBound > position
                        ? "the part with page frames \(position) to \(dump.frames.lowerBound) is missing"
                        : "\(name) has page frames of another part once more, from \(dump.frames.lowerBound)"
                )
            }
            position = dump.frames.upperBound
        }
        guard position == first.dump.frameLimit else {
            throw .unsuitable("the part with page frames \(position) to \(first.dump.frameLimit) is missing")
        }
        parts = sorted.map(\.dump)
        var whole = first.dump.description
        whole.files = files.count
        whole.isIncomplete = parts.contains { $0.description.isIncomplete }
        description = whole
    }

    private static func fit(_ a: KdumpDump, _ b: KdumpDump) -> Bool {
        var other = b.description
        other.isIncomplete = a.description.isIncomplete
        return a.description == other && a.frameLimit == b.frameLimit
    }

    func presentBytes() throws(DumpFailure) -> UInt64 {
        var sum: UInt64 = 0
        for part in parts { sum &+= try part.presentBytes() }
        return sum
    }

    private func part(at address: UInt64) -> KdumpDump? {
        let frame = address / description.pageSize
        return parts.first { $0.frames.contains(frame) }
    }

    func run(at address: UInt64) throws(DumpFailure) -> MemoryRun {
        guard let part = part(at: address) else { return run(.notMemory, from: address, upTo: .max) }
        return try part.run(at: address)
    }

    func readPresent(at address: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(DumpFailure) {
        // Runs end where parts do.
        guard let part = part(at: address) else {
            throw .unsuitable("0x\(String(address, radix: 16)) is no memory")
        }
        try part.readPresent(at: address, into: buffer)
    }
}
