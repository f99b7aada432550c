import SystemPackage

/// How an image becomes the file of one store: what memory that is stored lies there already, and the rest is written into
/// the room that was left for it.
public struct Settling: Sendable {
    /// Bytes of an image that lie elsewhere than in the store.
    enum Source: Sendable {
        case literal(LiteralBytes)
        /// Memory that is made up when it is read.
        case madeUp(MemoryStore, offset: UInt64)
    }

    struct Piece: Sendable {
        let start: UInt64
        let count: UInt64
        let source: Source
        var range: Range<UInt64> { start..<(start + count) }
    }

    let store: MemoryStore
    let pieces: [Piece]

    /// Bytes that are made up when they are read, and will be stored.
    public var madeUp: UInt64 {
        pieces.reduce(0) { sum, piece in
            if case .madeUp = piece.source { sum + piece.count } else { sum }
        }
    }

    /// The store, whose file is the image byte for byte from now on; nothing can be written to it any more.
    ///
    /// Errors: those of writing, sealing and a background; `.canceled` where `isOver` turned true, which is asked before
    /// each MiB. What was written by then is taken out again.
    public func carryOut(unless isOver: () -> Bool = { false }) throws(Errno) -> MemoryStore {
        if store.isSealed { return store }
        do throws(Errno) {
            for piece in pieces { try write(piece, unless: isOver) }
            for piece in pieces {
                if case .madeUp(let other, _) = piece.source { try other.seal() }
            }
            try store.seal(with: pieces)
        } catch {
            for piece in pieces { store.discard(at: piece.start, count: piece.count) }
            throw error
        }
        return store
    }

    private func write(_ piece: Piece, unless isOver: () -> Bool) throws(Errno) {
        switch piece.source {
        case .literal(let bytes): try store.write(at: piece.start, bytes.buffer)
        case .madeUp(let other, let offset):
            let room = try ReadBuffers.shared.take(ReadBuffers.size)
            defer { ReadBuffers.shared.giveBack(room) }
            var done: UInt64 = 0
            while done < piece.count {
                if isOver() { throw .canceled }
                let step = Int(min(UInt64(room.bytes.count), piece.count - done))
                let part = UnsafeMutableRawBufferPointer(rebasing: room.bytes[..<step])
                try other.read(at: offset + done, into: part)
                try store.write(at: piece.start + done, UnsafeRawBufferPointer(part))
                done += UInt64(step)
            }
        }
    }
}

extension MemoryImage {
    /// How this image becomes the file of one store. Nothing is written before that is carried out, and nothing of memory
    /// may be written in between.
    ///
    /// Nil where there is no such store: memory lies elsewhere in it than in the image, or in several stores.
    public var settling: Settling? {
        guard let store = segments.lazy.compactMap({ Self.plainStore(of: $0) }).first, store.size == size
        else {
            return nil
        }
        var pieces: [Settling.Piece] = []
        for segment in segments {
            switch segment.content {
            case .store(let other, let offset) where other === store:
                guard offset == segment.start else { return nil }
                continue
            case .store(let other, let offset):
                guard other.background != nil else { return nil }
                pieces.append(segment.piece(.madeUp(other, offset: offset)))
            case .bytes(let bytes): pieces.append(segment.piece(.literal(bytes)))
            case .hole: if store.hasData(in: segment.start..<segment.end) { return nil }
            }
        }
        // A sealed store is that of a dump, and of this one only if the same was written into its room.
        let fits = store.isSealed ? store.holds(pieces) : !pieces.contains { store.hasData(in: $0.range) }
        return fits ? Settling(store: store, pieces: pieces) : nil
    }

    private static func plainStore(of segment: Segment) -> MemoryStore? {
        if case .store(let store, _) = segment.content, store.background == nil { store } else { nil }
    }
}

extension MemoryImage.Segment {
    fileprivate func piece(_ source: Settling.Source) -> Settling.Piece {
        Settling.Piece(start: start, count: count, source: source)
    }
}

extension MemoryStore {
    /// Whether bytes other than zero are in `range`, which may begin and end within pages that hold others.
    fileprivate func hasData(in range: Range<UInt64>) -> Bool {
        var position = range.lowerBound
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while let run = data(from: position)?.range, run.lowerBound < range.upperBound {
            let count = Int(
                min(run.upperBound, range.upperBound, run.lowerBound + UInt64(buffer.count)) - run.lowerBound
            )
            let isZero = buffer.withUnsafeMutableBytes { buffer in
                let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
                return (try? read(at: run.lowerBound, into: part)) != nil && part.allSatisfy { $0 == 0 }
            }
            guard isZero else { return true }
            position = run.lowerBound + UInt64(count)
        }
        return false
    }

    /// Whether these are what it was sealed with.
    fileprivate func holds(_ pieces: [Settling.Piece]) -> Bool {
        pieces.elementsEqual(sealedPieces) { $0.range == $1.range && $0.source.equals($1.source) }
    }
}

extension Settling.Source {
    /// Both are sealed: the same place in the same store holds the same bytes.
    fileprivate func equals(_ other: Self) -> Bool {
        switch (self, other) {
        case (.literal(let a), .literal(let b)): a.buffer.elementsEqual(b.buffer)
        case (.madeUp(let a, let x), .madeUp(let b, let y)): a === b && x == y
        default: false
        }
    }
}
