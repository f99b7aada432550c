import SystemPackage

/// Reading until there is no more: a read may give less than it was asked for.
extension FileDescriptor {
    /// What there is from its position on, or what comes until the other end is closed.
    func bytesToTheEnd() throws -> [UInt8] {
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try read(into: $0) }
            if count == 0 { return result }
            result += buffer[..<count]
        }
    }

    /// What there is from `start` on.
    func bytes(from start: Int64) throws -> [UInt8] {
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let offset = start + Int64(result.count)
            let count = try buffer.withUnsafeMutableBytes { try read(fromAbsoluteOffset: offset, into: $0) }
            if count == 0 { return result }
            result += buffer[..<count]
        }
    }

    /// `count` bytes at `offset`, or as many as there are.
    func bytes(at offset: UInt64, count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let part = try bytes.withUnsafeMutableBytes { buffer in
                try read(
                    fromAbsoluteOffset: Int64(clamping: offset &+ UInt64(done)),
                    into: UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
                )
            }
            if part == 0 { break }
            done += part
        }
        return Array(bytes[..<done])
    }
}
