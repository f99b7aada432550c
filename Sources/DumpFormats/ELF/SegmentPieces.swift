import CoreFile
import PhysicalMemory

/// Segments of a core as pieces that do not overlap, in the order of their addresses.
///
/// Where segments overlap, the first one that has the bytes counts, as for the duplicate of boot memory in Linux 3.4;
/// what is in none of them but only in the memory size of one is absent.
struct SegmentPieces: Sendable {
    private struct Piece {
        var start: UInt64
        var end: UInt64
        /// Where its bytes begin in the file; nil where they were left out.
        var offset: UInt64?
    }

    /// Laying out segments that overlap takes quadratic time; more of them are no core of a kernel.
    private static let overlapLimit = 4096

    private let pieces: [Piece]
    /// Ranges that touch are joined.
    let memory: [AddressRange]

    /// Errors: a segment that wraps around the end of the address space or of the file's offsets.
    init(_ core: CoreFileReader, _ file: any DumpBytes) throws(DumpFailure) {
        var present: [Piece] = []
        var absent: [Piece] = []
        for (index, segment) in core.programHeaders.enumerated() where segment.type == .load {
            let entry = core.header.programHeaderOffset &+ UInt64(index * ProgramHeader.byteCount)
            let start = segment.physicalAddress
            let size = max(segment.fileSize, segment.memorySize)
            guard !start.addingReportingOverflow(size).overflow else {
                let found = "\(size) bytes from 0x\(String(start, radix: 16)) wrap"
                throw file.invalid("p_memsz of a segment", entry &+ 40, found)
            }
            guard !segment.offset.addingReportingOverflow(segment.fileSize).overflow else {
                let found = "\(segment.fileSize) bytes from offset \(segment.offset) wrap"
                throw file.invalid("p_filesz of a segment", entry &+ 32, found)
            }
            let middle = start + segment.fileSize
            if segment.fileSize > 0 {
                present.append(Piece(start: start, end: middle, offset: segment.offset))
            }
            if size > segment.fileSize { absent.append(Piece(start: middle, end: start + size)) }
        }
        pieces = try Self.laid(present + absent, file)
        memory = Self.joined(pieces)
    }

    /// The pieces without overlaps; the earlier in `all`, the stronger.
    private static func laid(_ all: [Piece], _ file: any DumpBytes) throws(DumpFailure) -> [Piece] {
        let sorted = all.sorted { $0.start < $1.start }
        guard zip(sorted, sorted.dropFirst()).contains(where: { $0.end > $1.start }) else { return sorted }
        guard all.count <= overlapLimit else {
            throw file.invalid("e_phnum", 56, "\(all.count) segments that overlap")
        }
        var pieces: [Piece] = []
        for piece in all {
            pieces += gaps(in: pieces, of: piece)
            pieces.sort { $0.start < $1.start }
        }
        return pieces
    }

    /// What of `piece` none of `pieces` has.
    private static func gaps(in pieces: [Piece], of piece: Piece) -> [Piece] {
        var position = piece.start
        var gaps: [Piece] = []
        func gap(upTo end: UInt64) {
            guard end > position else { return }
            let offset = piece.offset.map { $0 + (position - piece.start) }
            gaps.append(Piece(start: position, end: end, offset: offset))
        }
        for known in pieces where known.end > piece.start && known.start < piece.end {
            gap(upTo: known.start)
            position = max(position, known.end)
        }
        gap(upTo: piece.end)
        return gaps
    }

    private static func joined(_ pieces: [Piece]) -> [AddressRange] {
        var ranges: [AddressRange] = []
        for piece in pieces {
            var start = PhysicalAddress(piece.start)
            if let last = ranges.last, last.end == start {
                start = last.start
                ranges.removeLast()
            }
            ranges.append(AddressRange(start, upTo: PhysicalAddress(piece.end)))
        }
        return ranges
    }

    /// The index of the first piece that ends above `address`.
    private func index(at address: UInt64) -> Int {
        var low = 0
        var high = pieces.count
        while low < high {
            let middle = low + (high - low) / 2
            if pieces[middle].end > address { high = middle } else { low = middle + 1 }
        }
        return low
    }

    func run(at address: UInt64) -> MemoryRun {
        let index = index(at: address)
        let end: UInt64
        let state: MemoryState
        if index < pieces.count, pieces[index].start <= address {
            end = pieces[index].end
            state = pieces[index].offset == nil ? .absent : .present
        } else {
            end = index < pieces.count ? pieces[index].start : .max
            state = .notMemory
        }
        return MemoryRun(state, AddressRange(PhysicalAddress(address), upTo: PhysicalAddress(end)))
    }

    /// Where in the file the byte at `address` lies; nil where it is not there.
    func offset(of address: UInt64) -> UInt64? {
        let index = index(at: address)
        guard index < pieces.count, pieces[index].start <= address else { return nil }
        return pieces[index].offset.map { $0 + (address - pieces[index].start) }
    }
}
