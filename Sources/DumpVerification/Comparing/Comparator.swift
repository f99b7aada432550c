import CrashTruth
import DumpFormats
import PhysicalMemory

/// Compares bytes of a dump with the truth, many pages at a time, in one buffer of its own.
struct Comparator: ~Copyable {
    let truth: TruthReader
    let units: PageUnits
    private let buffer: UnsafeMutableRawBufferPointer
    private var index = 0

    /// So much of the truth is read or made up at a time: it stays in the processor's cache.
    private static let step = 128 << 10

    init(_ truth: TruthReader) {
        self.truth = truth
        units = PageUnits(pageSize: truth.truth.facts.pageSize)
        let size = max(Self.step, Int(clamping: units.pageSize))
        buffer = .allocate(byteCount: size, alignment: 64)
    }

    deinit { buffer.deallocate() }

    /// Whether memory from `address` on was `bytes`; they begin and end where units do.
    mutating func isRight(
        _ bytes: UnsafeRawBufferPointer,
        at address: UInt64
    ) throws(DumpFailure) -> Bool {
        let end = address + UInt64(bytes.count)
        var position = address
        while position < end {
            var piece = truth.piece(at: position, upTo: end, &index)
            let start = Int(position - address)
            let part = UnsafeRawBufferPointer(rebasing: bytes[start..<(start + piece.count)])
            position = piece.range.upperBound
            switch piece.kind {
            case .zeros: guard Bytes.areZero(part) else { return false }
            case .hashes: guard try haveHashes(part, &piece) else { return false }
            case .bytes, .generated: guard try areEqual(part, piece) else { return false }
            }
        }
        return true
    }

    private func areEqual(_ bytes: UnsafeRawBufferPointer, _ piece: TruthPiece) throws(DumpFailure) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = min(buffer.count, bytes.count - done)
            let expected = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
            try truth.fill(expected, piece.kind.advanced(by: UInt64(done)))
            let part = UnsafeRawBufferPointer(rebasing: bytes[done..<(done + count)])
            guard Bytes.areEqual(part, UnsafeRawBufferPointer(expected)) else { return false }
            done += count
        }
        return true
    }

    private func haveHashes(
        _ bytes: UnsafeRawBufferPointer,
        _ piece: inout TruthPiece
    ) throws(DumpFailure) -> Bool {
        guard case .hashes(var place) = piece.kind else { return false }
        var position = piece.range.lowerBound
        while position < piece.range.upperBound {
            let end = units.end(of: position, in: piece.range.upperBound)
            let start = Int(position - piece.range.lowerBound)
            let unit = UnsafeRawBufferPointer(rebasing: bytes[start..<(start + Int(end - position))])
            guard try truth.hash(at: place) == PageHash(of: unit) else { return false }
            place += UInt64(PageHash.byteCount)
            position = end
        }
        return true
    }

    /// How `bytes`, a unit that is wrong, differ from memory at `address`; nil where the truth has only a hash.
    mutating func difference(
        _ bytes: UnsafeRawBufferPointer,
        at address: UInt64
    ) throws(DumpFailure) -> (offset: Int, bits: Int)? {
        let expected = UnsafeMutableRawBufferPointer(rebasing: buffer[..<bytes.count])
        guard try fill(expected, at: address) else { return nil }
        return Bytes.difference(bytes, UnsafeRawBufferPointer(expected))
    }

    /// Fills `target` with memory at `address`; false where the truth has only a hash of some of it.
    mutating func fill(
        _ target: UnsafeMutableRawBufferPointer,
        at address: UInt64
    ) throws(DumpFailure) -> Bool {
        let end = address + UInt64(target.count)
        var position = address
        while position < end {
            let piece = truth.piece(at: position, upTo: end, &index)
            if case .hashes = piece.kind { return false }
            let start = Int(position - address)
            try truth.fill(.init(rebasing: target[start..<(start + piece.count)]), piece.kind)
            position = piece.range.upperBound
        }
        return true
    }

    /// The hash of a unit of memory.
    mutating func hash(of unit: Range<UInt64>) throws(DumpFailure) -> PageHash {
        let piece = truth.piece(at: unit.lowerBound, upTo: unit.upperBound, &index)
        if case .hashes(let place) = piece.kind, piece.range == unit { return try truth.hash(at: place) }
        let target = UnsafeMutableRawBufferPointer(
            rebasing: buffer[..<Int(unit.upperBound - unit.lowerBound)]
        )
        _ = try fill(target, at: unit.lowerBound)
        return PageHash(of: UnsafeRawBufferPointer(target))
    }

    /// Whether a unit of memory was all zeros.
    mutating func isZero(_ unit: Range<UInt64>) throws(DumpFailure) -> Bool {
        let piece = truth.piece(at: unit.lowerBound, upTo: unit.upperBound, &index)
        if case .zeros = piece.kind, piece.range == unit { return true }
        let count = Int(unit.upperBound - unit.lowerBound)
        if case .hashes(let place) = piece.kind, piece.range == unit {
            return try truth.hash(at: place) == PageHash(ofZeros: count)
        }
        let target = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
        guard try fill(target, at: unit.lowerBound) else { return false }
        return Bytes.areZero(UnsafeRawBufferPointer(target))
    }

    /// How far from `address` on memory was all zeros that nobody wrote; `address` where it was not.
    mutating func zeros(from address: UInt64, upTo end: UInt64) -> UInt64 {
        let piece = truth.piece(at: address, upTo: end, &index)
        if case .zeros = piece.kind { return piece.range.upperBound }
        return address
    }
}

extension TruthPiece.Kind {
    func advanced(by count: UInt64) -> Self {
        switch self {
        case .bytes(let place): .bytes(at: place + count)
        case .generated(let place): .generated(at: MadeUpOrigin(place.maker, place.offset + count))
        case .zeros, .hashes: self
        }
    }
}
