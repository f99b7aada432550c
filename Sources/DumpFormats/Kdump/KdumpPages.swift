import BinaryCodec
import Synchronization

/// Pages of a kdump-compressed file by the number of their descriptors, with the few that were read last kept.
///
/// Kept by their place in the file: all pages of zeros share one.
final class KdumpPages: Sendable {
    private static let most = 8

    private let file: any DumpBytes
    private let endianness: Endianness
    private let pageSize: Int
    private let descriptors: UInt64
    private let kept = Mutex<[(descriptor: PageDescriptor, bytes: [UInt8])]>([])

    init(_ file: any DumpBytes, _ header: KdumpHeader, descriptors: UInt64) {
        self.file = file
        endianness = header.endianness
        pageSize = Int(header.blockSize)
        self.descriptors = descriptors
    }

    private func place(of number: UInt64) -> UInt64 {
        descriptors &+ number &* UInt64(PageDescriptor.byteCount)
    }

    private func descriptor(_ number: UInt64) throws(DumpFailure) -> PageDescriptor {
        let bytes = try file.bytes(
            at: place(of: number),
            PageDescriptor.byteCount,
            "page descriptor \(number)"
        )
        do { return try PageDescriptor(parsing: bytes, endianness) } catch {
            throw .malformed(error.moved(by: place(of: number)), file: file.name)
        }
    }

    /// Whether the page of a descriptor was written: in an incomplete file, descriptors that were not are zero or
    /// beyond its end.
    func exists(_ number: UInt64) throws(DumpFailure) -> Bool {
        guard place(of: number) <= file.size &- UInt64(PageDescriptor.byteCount) else { return false }
        return try descriptor(number).offset != 0
    }

    /// Fills `buffer` with the bytes of a page from `start` on.
    func read(
        _ frame: UInt64,
        _ number: UInt64,
        from start: Int,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(DumpFailure) {
        let descriptor = try descriptor(number)
        if let bytes = kept.withLock({ $0.first { $0.descriptor == descriptor }?.bytes }) {
            buffer.copyBytes(from: bytes[start..<(start + buffer.count)])
            return
        }
        let bytes = try decoded(descriptor, frame, number)
        buffer.copyBytes(from: bytes[start..<(start + buffer.count)])
        kept.withLock { kept in
            if kept.count >= Self.most { kept.removeFirst() }
            kept.append((descriptor, bytes))
        }
    }

    private func decoded(
        _ descriptor: PageDescriptor,
        _ frame: UInt64,
        _ number: UInt64
    ) throws(DumpFailure) -> [UInt8] {
        let compression = descriptor.flags.compression
        let isWhole = compression == nil
        guard descriptor.size > 0, isWhole ? descriptor.size == pageSize : descriptor.size <= pageSize else {
            let found = "\(descriptor.size) bytes of \(compression?.rawValue ?? "no compression")"
            throw file.invalid("size of page descriptor \(number)", place(of: number) + 8, found)
        }
        let name = "page frame 0x\(String(frame, radix: 16))"
        let stored = try file.bytes(at: descriptor.offset, Int(descriptor.size), name)
        guard let compression else { return stored }
        var page = [UInt8](repeating: 0, count: pageSize)
        let written = PageDecoder.decode(stored, compression, into: &page)
        guard written == pageSize else {
            let found =
                "\(compression.rawValue) gives \(written.map(String.init) ?? "no") bytes of \(pageSize)"
            throw file.invalid(name, descriptor.offset, found)
        }
        return page
    }
}
