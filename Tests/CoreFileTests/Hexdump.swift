/// Reads dumps as hexdump -C prints them, without the column of characters.
enum Hexdump {
    /// Lines of an offset and up to 16 bytes; "*" repeats the line before up to the next offset.
    static func bytes(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var repeats = false
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard let offset = fields.first.flatMap({ Int($0, radix: 16) }) else {
                repeats = true
                continue
            }
            if repeats {
                let last = Array(bytes.suffix(16))
                while bytes.count < offset { bytes += last }
                repeats = false
            }
            bytes += fields.dropFirst().compactMap { UInt8($0, radix: 16) }
        }
        return bytes
    }

    /// Bytes as pairs of digits.
    static func pairs(_ text: String) -> [UInt8] {
        text.split { $0 == " " || $0 == "\n" }.compactMap { UInt8($0, radix: 16) }
    }
}
