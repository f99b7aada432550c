import SystemPackage

/// One page of zeros that answers every hole.
private let zeros = LiteralBytes(Array(repeating: 0, count: 64 << 10))

extension MemoryImage {
    /// Hands the bytes of `offset ..< offset + count` to `body` as pieces in order; a run past the end is shortened.
    /// What is stored is not copied, what is generated is made for this call. The pieces are valid during the call
    /// only.
    ///
    /// Errors: those of a background, before `body` is called.
    public func withPieces<Result>(
        at offset: UInt64,
        count: Int,
        _ body: ([UnsafeRawBufferPointer]) -> Result
    ) throws(Errno) -> Result {
        var pieces: [UnsafeRawBufferPointer] = []
        var room: ReadBuffers.Buffer?
        defer { if let room { ReadBuffers.shared.giveBack(room) } }
        var made = 0
        try forEachRun(at: offset, count: count) { run throws(Errno) in
            switch run {
            case .data(let bytes): pieces.append(bytes)
            case .generated(let store, let range):
                let taken: ReadBuffers.Buffer
                if let room { taken = room } else { taken = try ReadBuffers.shared.take(count) }
                room = taken
                let end = made + Int(range.upperBound - range.lowerBound)
                let buffer = UnsafeMutableRawBufferPointer(rebasing: taken.bytes[made..<end])
                made = end
                try store.generate(at: range.lowerBound, into: buffer)
                pieces.append(UnsafeRawBufferPointer(buffer))
            case .hole(var rest):
                while rest > 0 {
                    let step = Int(min(rest, UInt64(zeros.count)))
                    pieces.append(UnsafeRawBufferPointer(rebasing: zeros.buffer[..<step]))
                    rest -= UInt64(step)
                }
            }
        }
        // The pieces point into what the segments own.
        return withExtendedLifetime(segments) { body(pieces) }
    }

    /// The bytes of `offset ..< offset + count`, shortened at the end. Errors: those of a background.
    public func read(at offset: UInt64, count: Int) throws(Errno) -> [UInt8] {
        try withPieces(at: offset, count: count) { pieces in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
            for piece in pieces { bytes.append(contentsOf: piece) }
            return bytes
        }
    }

    /// The first offset at or after `offset` that may hold something else than a hole; nil past the last data.
    public func nextData(from offset: UInt64) -> UInt64? {
        guard offset < size else { return nil }
        var position = offset
        for segment in segments[segmentIndex(at: offset)...] {
            position = max(position, segment.start)
            switch segment.content {
            case .bytes: return position
            case .hole: continue
            case .store(let store, let base):
                let rest = base + (position - segment.start)..<base + segment.count
                if let data = store.firstData(in: rest) { return segment.start + (data - base) }
            }
        }
        return nil
    }

    /// The first offset at or after `offset` that lies in a hole, the end of the image counting as one; nil
    /// where `offset` is not below the end.
    public func nextHole(from offset: UInt64) -> UInt64? {
        guard offset < size else { return nil }
        var position = offset
        for segment in segments[segmentIndex(at: offset)...] {
            position = max(position, segment.start)
            switch segment.content {
            case .bytes: continue
            case .hole: return position
            case .store(let store, let base):
                let rest = base + (position - segment.start)..<base + segment.count
                if let hole = store.firstHole(in: rest) { return segment.start + (hole - base) }
            }
        }
        return size
    }

    private enum Run {
        case data(UnsafeRawBufferPointer)
        case generated(MemoryStore, Range<UInt64>)
        case hole(UInt64)
    }

    private func forEachRun(
        at offset: UInt64,
        count: Int,
        _ body: (Run) throws(Errno) -> Void
    ) throws(Errno) {
        guard count > 0, offset < size else { return }
        let end = offset + min(UInt64(count), size - offset)
        for segment in segments[segmentIndex(at: offset)...] {
            guard segment.start < end else { return }
            let from = max(offset, segment.start)
            let upTo = min(end, segment.end)
            switch segment.content {
            case .hole: try body(.hole(upTo - from))
            case .bytes(let bytes):
                let part = bytes.buffer[Int(from - segment.start)..<Int(upTo - segment.start)]
                try body(.data(UnsafeRawBufferPointer(rebasing: part)))
            case .store(let store, let base):
                let start = base + (from - segment.start)
                try Self.forEachRun(in: store, start..<(start + (upTo - from)), body)
            }
        }
    }

    private static func forEachRun(
        in store: MemoryStore,
        _ window: Range<UInt64>,
        _ body: (Run) throws(Errno) -> Void
    ) throws(Errno) {
        var position = window.lowerBound
        while position < window.upperBound {
            guard let data = store.data(from: position), data.range.lowerBound < window.upperBound else {
                return try body(.hole(window.upperBound - position))
            }
            if data.range.lowerBound > position {
                try body(.hole(data.range.lowerBound - position))
                position = data.range.lowerBound
            }
            let run = position..<min(data.range.upperBound, window.upperBound)
            try body(data.isGenerated ? .generated(store, run) : .data(store.bytesInPlace(run)))
            position = run.upperBound
        }
    }
}
