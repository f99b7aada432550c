/// A copy of some bytes that stays where it is, so that pointers to it can be handed out while it lives.
///
/// An array lends its storage for the length of one call only; an image collects pieces over several.
final class LiteralBytes: Sendable {
    let count: Int
    private let address: UInt

    init(_ bytes: [UInt8]) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        buffer.copyBytes(from: bytes)
        count = bytes.count
        address = UInt(bitPattern: buffer.baseAddress)
    }

    deinit { UnsafeMutableRawPointer(bitPattern: address)?.deallocate() }

    var buffer: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
    }
}
