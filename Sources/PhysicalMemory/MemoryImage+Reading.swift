import SystemPackage

/// One page of zeros that answers every hole.
private let zeros: [UInt8] = Array(repeating: 0, count: 64 << 10)

extension MemoryImage {
    /// Hands the bytes of `offset ..< offset + count` to `body` as pieces in order, without copying them; a run
    /// past the end is shortened. The pieces are valid during the call only.
    public func withPieces<Result>(
        at offset: UInt64,
        count: Int,
        _ body: ([UnsafeRawBufferPointer]) -> Result
    ) -> Result {
        zeros.withUnsafeBytes { zeros in
            var pieces: [UnsafeRawBufferPointer] = []
            forEachRun(at: offset, count: count) { run in
                switch run {
                case .data(let bytes): pieces.append(bytes)
                case .hole(var rest):
                    while rest > 0 {
                        let step = Int(min(rest, UInt64(zeros.count)))
                        pieces.append(UnsafeRawBufferPointer(rebasing: zeros[..<step]))
                        rest -= UInt64(step)
                    }
                }
            }
            // The pieces point into what the segments own.
            return withExtendedLifetime(segments) { body(pieces) }
        }
    }

    /// The bytes of `offset ..< offset + count`, shortened at the end.
    public func read(at offset: UInt64, count: Int) -> [UInt8] {
        withPieces(at: offset, count: count) { pieces in
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
                let inStore = base + (position - segment.start)
                if let data = store.data(from: inStore), data.lowerBound < base + segment.count {
                    return segment.start + (max(data.lowerBound, inStore) - base)
                }
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
                let inStore = base + (position - segment.start)
                guard let data = store.data(from: inStore), data.lowerBound <= inStore else {
                    return position
                }
                if data.upperBound < base + segment.count { return segment.start + (data.upperBound - base) }
            }
        }
        return size
    }

    private enum Run {
        case data(UnsafeRawBufferPointer)
        case hole(UInt64)
    }

    private func forEachRun(at offset: UInt64, count: Int, _ body: (Run) -> Void) {
        guard count > 0, offset < size else { return }
        let end = offset + min(UInt64(count), size - offset)
        for segment in segments[segmentIndex(at: offset)...] {
            guard segment.start < end else { return }
            let from = max(offset, segment.start)
            let upTo = min(end, segment.end)
            switch segment.content {
            case .hole: body(.hole(upTo - from))
            case .bytes(let bytes):
                let part = bytes.buffer[Int(from - segment.start)..<Int(upTo - segment.start)]
                body(.data(UnsafeRawBufferPointer(rebasing: part)))
            case .store(let store, let base):
                let start = base + (from - segment.start)
                Self.forEachRun(in: store, start..<(start + (upTo - from)), body)
            }
        }
    }

    private static func forEachRun(in store: MemoryStore, _ window: Range<UInt64>, _ body: (Run) -> Void) {
        var position = window.lowerBound
        while position < window.upperBound {
            guard let data = store.data(from: position), data.lowerBound < window.upperBound else {
                body(.hole(window.upperBound - position))
                return
            }
            if data.lowerBound > position {
                body(.hole(data.lowerBound - position))
                position = data.lowerBound
            }
            let end = min(data.upperBound, window.upperBound)
            body(.data(store.bytesInPlace(position..<end)))
            position = end
        }
    }
}
