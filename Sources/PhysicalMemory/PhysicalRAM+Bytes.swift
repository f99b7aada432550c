import SystemPackage

extension PhysicalRAM {
    /// The bytes of `window`. Throws `.badAddress` where a byte of it is not memory.
    public func read(_ window: AddressRange) throws(Errno) -> [UInt8] {
        guard map.contains(window), let count = Int(exactly: window.count) else { throw .badAddress }
        var bytes = [UInt8](repeating: 0, count: count)
        for part in extents(in: window) {
            let at = Int(part.range.start.rawValue - window.start.rawValue)
            let result = bytes.withUnsafeMutableBytes { buffer -> Errno? in
                let target = UnsafeMutableRawBufferPointer(
                    rebasing: buffer[at..<(at + Int(part.range.count))]
                )
                do throws(Errno) { try part.store.read(at: part.offset, into: target) } catch { return error }
                return nil
            }
            if let result { throw result }
        }
        return bytes
    }

    /// `count` bytes from `address` on. Throws `.badAddress` where one of them is not memory.
    public func read(at address: PhysicalAddress, count: Int) throws(Errno) -> [UInt8] {
        guard count >= 0, let window = AddressRange(start: address, count: UInt64(count)) else {
            throw .badAddress
        }
        return try read(window)
    }

    /// Writes `bytes` at `address`.
    ///
    /// Errors: `.badAddress` where a byte is not memory, `.notPermitted` where a byte is frozen, both with nothing
    /// written; and what the host says when it is out of memory, with some of the bytes written.
    public func write(_ bytes: [UInt8], at address: PhysicalAddress) throws(Errno) {
        guard let window = AddressRange(start: address, count: UInt64(bytes.count)), map.contains(window)
        else {
            throw .badAddress
        }
        let parts = extents(in: window)
        guard !parts.contains(where: \.isFrozen) else { throw .notPermitted }
        for part in parts {
            let at = Int(part.range.start.rawValue - window.start.rawValue)
            let failure = bytes.withUnsafeBytes { buffer -> Errno? in
                let source = UnsafeRawBufferPointer(rebasing: buffer[at..<(at + Int(part.range.count))])
                do throws(Errno) { try part.store.write(at: part.offset, source) } catch { return error }
                return nil
            }
            if let failure { throw failure }
        }
    }

    /// Makes `window` read as zero; addresses that are not memory are passed over.
    public func clear(_ window: AddressRange) {
        for part in extents(in: window) { part.store.discard(at: part.offset, count: part.range.count) }
    }
}
