import BinaryCodec
import CoreFile
import PhysicalMemory

/// A kdump-compressed file: two headers, two bitmaps, a descriptor for each page that is there, the pages.
///
/// The first bitmap says which page frames are memory, the second which of them are in the file. Descriptors follow
/// the order of the second one's bits. Source: makedumpfile 1.7, diskdump_mod.h and IMPLEMENTATION; files that it wrote.
struct KdumpDump: DumpContents {
    let description: DumpDescription
    /// The page frames of this file where it is one of a split set, else all.
    let frames: Range<UInt64>
    let isSplit: Bool
    /// One more than the last page frame of the machine.
    let frameLimit: UInt64

    private let file: any DumpBytes
    private let places: KdumpPlaces
    private let memory: Bitmap
    private let dumped: Bitmap
    private let pages: KdumpPages

    init(_ file: any DumpBytes) throws(DumpFailure) {
        let front = try KdumpFront(file)
        let places = try KdumpPlaces(front, file)
        let split = front.second.frames
        if front.second.split != 0, split.start > split.end || split.end > places.frames {
            let found = "frames \(split.start) to \(split.end) of \(places.frames)"
            throw file.invalid("start_pfn_64", places.subHeader + KdumpSubHeader.startOffset, found)
        }
        self.file = file
        self.places = places
        isSplit = front.second.split != 0
        frames = isSplit ? split.start..<split.end : 0..<places.frames
        frameLimit = places.frames
        memory = Bitmap(file, at: places.bitmaps, frames: places.frames, "1st bitmap")
        dumped = Bitmap(file, at: places.bitmaps + places.bitmapSize, frames: places.frames, "2nd bitmap")
        pages = KdumpPages(file, front.first, descriptors: places.descriptors)
        description = try front.description(memory: Self.ranges(memory, front, file, places))
    }

    private static func ranges(
        _ bitmap: Bitmap,
        _ front: KdumpFront,
        _ file: any DumpBytes,
        _ places: KdumpPlaces
    ) throws(DumpFailure) -> [AddressRange] {
        // More ranges of memory have no meaning but to use up the reader's.
        let most = 1 << 16
        let size = UInt64(front.first.blockSize)
        var ranges: [Range<UInt64>] = []
        var frame: UInt64 = 0
        while frame < bitmap.frames {
            let run = try bitmap.run(at: frame)
            let end = min(run.upTo, bitmap.frames)
            if run.isSet {
                if let last = ranges.last, last.upperBound == frame * size {
                    ranges[ranges.count - 1] = last.lowerBound..<(end * size)
                } else {
                    ranges.append((frame * size)..<(end * size))
                }
            }
            guard ranges.count <= most else {
                throw file.invalid(
                    "1st bitmap",
                    places.bitmaps + frame / 8,
                    "more than \(most) ranges of memory"
                )
            }
            frame = end
        }
        return joined(ranges)
    }

    func presentBytes() throws(DumpFailure) -> UInt64 {
        let count = try dumped.rank(of: frames.upperBound) &- dumped.rank(of: frames.lowerBound)
        return count &* description.pageSize
    }

    func run(at address: UInt64) throws(DumpFailure) -> MemoryRun {
        let frame = address / description.pageSize
        guard frame < frames.upperBound else { return run(.notMemory, from: address, upTo: .max) }
        let isMemory = try memory.run(at: frame)
        let isDumped = try dumped.run(at: frame)
        var end = min(isMemory.upTo, isDumped.upTo, frames.upperBound)
        var state: MemoryState = isDumped.isSet ? .present : isMemory.isSet ? .absent : .notMemory
        if isDumped.isSet, description.isIncomplete {
            // The file may lack a page that its bitmap has: writing was cut short.
            end = frame + 1
            if !(try pages.exists(try descriptor(of: frame))) { state = .absent }
        }
        return run(state, from: address, upTo: end * description.pageSize)
    }

    func readPresent(at address: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(DumpFailure) {
        let size = Int(description.pageSize)
        var done = 0
        while done < buffer.count {
            let position = address + UInt64(done)
            let inside = Int(position % description.pageSize)
            let count = min(size - inside, buffer.count - done)
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[done..<(done + count)])
            let frame = position / description.pageSize
            try pages.read(frame, try descriptor(of: frame), from: inside, into: part)
            done += count
        }
    }

    /// The number of a frame's descriptor in this file.
    private func descriptor(of frame: UInt64) throws(DumpFailure) -> UInt64 {
        let before = isSplit ? try dumped.rank(of: frames.lowerBound) : 0
        return try dumped.rank(of: frame) &- before
    }
}
