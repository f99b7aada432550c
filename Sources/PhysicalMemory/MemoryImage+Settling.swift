import SystemPackage

extension MemoryImage {
    /// The one store whose file is this image byte for byte, from now on: literal bytes are written into the room that was
    /// left for them, and then nothing can be written to it any more. Nothing is copied but those.
    ///
    /// Nil where there is no such store: memory lies elsewhere in it than in the image, or in several stores, or has a
    /// background. Errors: those of writing and sealing; what was written by then is in no memory.
    public func settledStore() throws(Errno) -> MemoryStore? {
        guard let store = onlyStore, fits(store) else { return nil }
        for segment in segments {
            guard case .bytes(let bytes) = segment.content else { continue }
            if store.isSealed {
                guard try store.holds(bytes, at: segment.start) else { return nil }
            } else {
                try store.write(at: segment.start, bytes.buffer)
            }
        }
        if !store.isSealed { try store.seal() }
        return store
    }

    /// Whether some of it may be made up when it is read.
    public var isMadeUp: Bool {
        segments.contains {
            if case .store(let store, _) = $0.content { store.background != nil } else { false }
        }
    }

    private var onlyStore: MemoryStore? {
        for segment in segments {
            if case .store(let store, _) = segment.content { return store }
        }
        return nil
    }

    /// Whether all memory lies in `store` where the image has it, and nothing else in between.
    private func fits(_ store: MemoryStore) -> Bool {
        guard store.size == size, store.background == nil else { return false }
        for segment in segments {
            switch segment.content {
            case .store(let other, let offset):
                guard other === store, offset == segment.start else { return false }
            case .bytes: if !store.isSealed, store.hasData(in: segment.start..<segment.end) { return false }
            case .hole: if store.hasData(in: segment.start..<segment.end) { return false }
            }
        }
        return true
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

    fileprivate func holds(_ bytes: LiteralBytes, at offset: UInt64) throws(Errno) -> Bool {
        var found = [UInt8](repeating: 0, count: bytes.count)
        let failure = found.withUnsafeMutableBytes { buffer -> Errno? in
            do throws(Errno) { try read(at: offset, into: buffer) } catch { return error }
            return nil
        }
        if let failure { throw failure }
        return found.elementsEqual(bytes.buffer)
    }
}
