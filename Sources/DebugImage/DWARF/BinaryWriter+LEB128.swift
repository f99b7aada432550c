import BinaryCodec

/// Numbers in groups of seven bits, the lowest first; the highest bit of a byte says that more follow.
///
/// Source: DWARF version 4, section 7.6.
extension BinaryWriter {
    mutating func put(unsignedLEB128 value: UInt64) {
        var rest = value
        repeat {
            let group = UInt8(rest & 0x7f)
            rest >>= 7
            put([rest == 0 ? group : group | 0x80])
        } while rest != 0
    }

    mutating func put(signedLEB128 value: Int64) {
        var rest = value
        while true {
            let group = UInt8(truncatingIfNeeded: rest) & 0x7f
            rest >>= 7
            let isLast = (rest == 0 && group & 0x40 == 0) || (rest == -1 && group & 0x40 != 0)
            put([isLast ? group : group | 0x80])
            if isLast { return }
        }
    }
}
