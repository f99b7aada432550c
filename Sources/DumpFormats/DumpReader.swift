import PhysicalMemory
import SystemPackage

/// Reads what a tool captured, whatever its format: what it says of itself, and memory by physical address.
///
/// Only headers are read when it is opened; memory is read when it is asked for, and what is kept of a file is bounded
/// whatever its size. It may be used by several threads at once. It trusts nothing in the file: what is wrong is a
/// `DumpFailure` with field and offset.
public final class DumpReader: Sendable {
    public let description: DumpDescription
    private let contents: any DumpContents

    init(_ contents: any DumpContents) {
        self.contents = contents
        description = contents.description
    }

    /// Opens a dump: one file, or all files of a split one in any order.
    ///
    /// A file of no known format is taken for memory alone if `raw` says what its pages are, else refused.
    public convenience init(opening paths: [String], raw: RawMemory? = nil) throws(DumpFailure) {
        var files: [any DumpBytes] = []
        for path in paths { files.append(try FileBytes(opening: path)) }
        try self.init(files, raw: raw)
    }

    /// The same for files that are open.
    public convenience init(_ files: [any DumpBytes], raw: RawMemory? = nil) throws(DumpFailure) {
        self.init(try Recognition.contents(of: files, raw))
    }

    /// Bytes of memory whose contents are in the file; of an incomplete file, that should be.
    public func presentBytes() throws(DumpFailure) -> UInt64 { try contents.presentBytes() }

    /// The run of memory that `address` lies in, from `address` on.
    public func run(at address: UInt64) throws(DumpFailure) -> MemoryRun { try contents.run(at: address) }

    /// How many bytes of a run of state present are zeros that need not be read: a hole of a sparse file.
    public func zeros(in run: MemoryRun) -> UInt64 {
        run.state == .present ? min(run.range.count, contents.zeros(at: run.range.start.rawValue)) : 0
    }

    /// The next memory at or after `address` that is in the file and no hole of it, without what lies before `address`;
    /// nil where none follows. What follows the run may be in the file, too.
    public func present(from address: UInt64) throws(DumpFailure) -> AddressRange? {
        var position = address
        while true {
            let run = try contents.run(at: position)
            let hole = zeros(in: run)
            if run.state == .present, hole < run.range.count {
                return AddressRange(run.range.start &+ hole, upTo: run.range.end)
            }
            // What lies between ranges of memory need not be looked at.
            guard run.range.end.rawValue < .max, !run.range.isEmpty,
                let next = description.memory.first(endingBehind: run.range.end)
            else { return nil }
            position = max(run.range.end.rawValue, next.start.rawValue)
        }
    }

    /// Fills `buffer` with the memory from `address` on; what the file does not have is zero.
    ///
    /// Returns the parts of `buffer` that were in the file, in order, neighbours joined.
    @discardableResult
    public func read(
        at address: UInt64,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(DumpFailure) -> [Range<Int>] {
        var present: [Range<Int>] = []
        var done = 0
        while done < buffer.count {
            let (position, overflow) = address.addingReportingOverflow(UInt64(done))
            let run = overflow ? nil : try contents.run(at: position)
            let count = Int(min(run?.range.count ?? .max, UInt64(buffer.count - done)))
            // A run is never empty; a format that broke its word must not keep anybody here.
            guard count > 0 else { throw .unsuitable("no run of memory at 0x\(String(position, radix: 16))") }
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[done..<(done + count)])
            if run?.state == .present {
                try contents.readPresent(at: position, into: part)
                if let last = present.last, last.upperBound == done {
                    present[present.count - 1] = last.lowerBound..<(done + count)
                } else {
                    present.append(done..<(done + count))
                }
            } else {
                part.initializeMemory(as: UInt8.self, repeating: 0)
            }
            done += count
        }
        return present
    }

    /// Fills `buffer`, which has the size of a page, with a page frame; what the file does not have is zero.
    public func frame(
        _ number: UInt64,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(DumpFailure) -> FrameContents {
        let (address, overflow) = number.multipliedReportingOverflow(by: description.pageSize)
        guard !overflow else { return .notMemory }
        let present = try read(at: address, into: buffer)
        if present == [0..<buffer.count] { return .present }
        guard present.isEmpty else { return .partial(present) }
        let end = PhysicalAddress(address) &+ UInt64(buffer.count)
        let next = description.memory.first(endingBehind: PhysicalAddress(address))
        return next.map { $0.start < end } ?? false ? .absent : .notMemory
    }
}
