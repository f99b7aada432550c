import CoreFile
import PhysicalMemory

/// Segments of a core as pieces that do not overlap, in the order of their addresses.
///
/// Where segments overlap, the first one that has the bytes counts, as for the duplicate of boot memory in Linux 3.4;
/// what is in none of them but only in the memory size of one is absent.
struct SegmentPieces: Sendable {
    /// Where the bytes of each piece begin in the file; nil where they were left out.
    private let pieces: Layers<UInt64?>
    /// Ranges that touch are joined.
    let memory: [AddressRange]

    /// Errors: a segment that wraps around the end of the address space or of the file's offsets.
    init(_ core: CoreFileReader, _ file: any DumpBytes) throws(DumpFailure) {
        var present: [(Range<UInt64>, UInt64?)] = []
        var absent: [(Range<UInt64>, UInt64?)] = []
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
            present.append((start..<middle, segment.offset))
            absent.append((middle..<(start + size), nil))
        }
        pieces = Layers(present + absent)
        memory = joined(pieces.runs.map(\.range))
    }

    /// Segments may together announce more than 64 bits count.
    var presentBytes: UInt64 {
        pieces.runs.reduce(0) { sum, run in
            sum &+ (run.value == nil ? 0 : run.range.upperBound - run.range.lowerBound)
        }
    }

    func run(at address: UInt64) -> MemoryRun {
        let index = pieces.index(at: address)
        let end: UInt64
        let state: MemoryState
        if index < pieces.runs.count, pieces.runs[index].range.contains(address) {
            end = pieces.runs[index].range.upperBound
            state = pieces.runs[index].value == nil ? .absent : .present
        } else {
            end = index < pieces.runs.count ? pieces.runs[index].range.lowerBound : .max
            state = .notMemory
        }
        return MemoryRun(state, AddressRange(PhysicalAddress(address), upTo: PhysicalAddress(end)))
    }

    /// Where in the file the byte at `address` lies; nil where it is not there.
    func offset(of address: UInt64) -> UInt64? {
        let index = pieces.index(at: address)
        guard index < pieces.runs.count, pieces.runs[index].range.contains(address) else { return nil }
        let piece = pieces.runs[index]
        return piece.value.map { $0 + (address - piece.origin) }
    }
}

/// Ascending ranges of addresses, those that touch made one.
func joined(_ ranges: [Range<UInt64>]) -> [AddressRange] {
    var result: [AddressRange] = []
    for range in ranges {
        var start = PhysicalAddress(range.lowerBound)
        if let last = result.last, last.end == start {
            start = last.start
            result.removeLast()
        }
        result.append(AddressRange(start, upTo: PhysicalAddress(range.upperBound)))
    }
    return result
}
