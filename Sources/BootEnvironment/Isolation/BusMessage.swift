/// A method call of D-Bus, as far as it matters who is called for what.
///
/// Source: D-Bus Specification, "Message Format": a fixed part of 16 bytes that ends with the length of the header fields,
/// the fields, padding to 8 bytes, and the body.
struct BusMessage: Sendable, Hashable {
    var serial: UInt32
    var member = ""
    /// The first argument, where it is a string.
    var argument: String?
    /// Bytes of the whole message.
    var byteCount: Int

    /// Messages are longer than the fixed part, and this program takes none that is longer than this.
    static let fixedCount = 16
    static let maximum = 1 << 16

    enum Malformed: Error { case message }

    /// Reads a message from the start of `bytes`; nil where not all of it has arrived.
    init?(parsing bytes: [UInt8]) throws(Malformed) {
        guard bytes.count >= Self.fixedCount else { return nil }
        guard bytes[0] == UInt8(ascii: "l") || bytes[0] == UInt8(ascii: "B") else { throw .message }
        var reader = Reader(bytes: bytes, isLittle: bytes[0] == UInt8(ascii: "l"))
        reader.position = 4
        let body = try reader.number()
        serial = try reader.number()
        let fields = try reader.number()
        guard body < Self.maximum, fields < Self.maximum else { throw .message }
        let end = Self.fixedCount + Int(fields)
        let start = (end + 7) / 8 * 8
        byteCount = start + Int(body)
        guard bytes.count >= byteCount else { return nil }

        var signature = ""
        while reader.position < end {
            reader.align(8)
            guard reader.position < end else { break }
            let code = try reader.byte()
            let type = try reader.shortText()
            switch (code, type) {
            case (3, "s"): member = try reader.text()
            case (8, "g"): signature = try reader.shortText()
            case (_, "s"), (_, "o"): _ = try reader.text()
            case (_, "g"): _ = try reader.shortText()
            case (_, "u"): _ = try reader.number()
            default: throw .message
            }
        }
        guard signature.hasPrefix("s") else { return }
        reader.position = start
        argument = try reader.text()
    }

    /// An error as the answer to this call.
    func refusal(_ name: String, _ text: String) -> [UInt8] {
        var body = Writer()
        body.text(text)
        var fields = Writer()
        fields.field(4, "s")
        fields.text(name)
        fields.field(5, "u")
        fields.number(serial)
        fields.field(8, "g")
        fields.shortText("s")
        var message = Writer()
        message.bytes = [UInt8(ascii: "l"), 3, 0, 1]
        message.number(UInt32(body.bytes.count))
        message.number(1)
        message.number(UInt32(fields.bytes.count))
        message.bytes += fields.bytes
        message.align(8)
        return message.bytes + body.bytes
    }
}

extension BusMessage {
    private struct Reader {
        var bytes: [UInt8]
        var isLittle: Bool
        var position = 0

        mutating func align(_ unit: Int) { position = (position + unit - 1) / unit * unit }

        mutating func byte() throws(Malformed) -> UInt8 {
            guard position < bytes.count else { throw .message }
            defer { position += 1 }
            return bytes[position]
        }

        mutating func number() throws(Malformed) -> UInt32 {
            align(4)
            var value: UInt32 = 0
            for index in 0..<4 as Range<UInt32> {
                value |= UInt32(try byte()) << (8 * (isLittle ? index : 3 - index))
            }
            return value
        }

        mutating func text() throws(Malformed) -> String { try text(Int(number())) }

        mutating func shortText() throws(Malformed) -> String { try text(Int(byte())) }

        private mutating func text(_ count: Int) throws(Malformed) -> String {
            guard count < bytes.count - position else { throw .message }
            defer { position += count + 1 }
            return String(decoding: bytes[position..<position + count], as: UTF8.self)
        }
    }

    private struct Writer {
        var bytes: [UInt8] = []

        mutating func align(_ unit: Int) { while bytes.count % unit != 0 { bytes.append(0) } }

        mutating func number(_ value: UInt32) {
            align(4)
            for shift in [0, 8, 16, 24] as [UInt32] {
                bytes.append(UInt8(truncatingIfNeeded: value >> shift))
            }
        }

        mutating func text(_ text: String) {
            number(UInt32(clamping: text.utf8.count))
            bytes += Array(text.utf8) + [0]
        }

        mutating func shortText(_ text: String) {
            bytes += [UInt8(clamping: text.utf8.count)] + Array(text.utf8) + [0]
        }

        /// What comes before the value of a header field.
        mutating func field(_ code: UInt8, _ type: String) {
            align(8)
            bytes.append(code)
            shortText(type)
        }
    }
}
