import BinaryCodec

/// The bytes of a structure, filled in member by member.
///
/// A member that this kernel's structure does not have is passed over: what differs between kernels is in the layout.
struct StructureBytes {
    private(set) var bytes: [UInt8]
    private let layout: KernelLayout
    private let structure: StructureLayout?

    init(_ name: String, _ layout: KernelLayout) {
        self.layout = layout
        structure = layout[name]
        bytes = [UInt8](repeating: 0, count: structure?.size ?? 0)
    }

    /// Stores a number in a member, or in the member of a member: `desc_ring.head_id`.
    mutating func set(_ path: String, _ value: UInt64) {
        if let place = place(of: path) { set(place, value) }
    }

    /// Stores a number in a member that was found before.
    mutating func set(_ place: Place, _ value: UInt64) {
        if let bits = place.bits {
            setBits(bits, at: place.offset, width: place.width, value)
        } else {
            put(value, at: place.offset, width: place.width)
        }
    }

    mutating func set(_ path: String, signed value: Int64) { set(path, UInt64(bitPattern: value)) }

    /// Stores bytes in a member, cut to its size.
    mutating func set(_ path: String, _ content: some Sequence<UInt8>) {
        guard let place = place(of: path) else { return }
        for (index, byte) in content.enumerated().prefix(place.width) { bytes[place.offset + index] = byte }
    }

    /// Stores a number at an offset.
    mutating func put(_ value: UInt64, at offset: Int, width: Int = 8) {
        guard (1...8).contains(width), offset >= 0, offset + width <= bytes.count else { return }
        for index in 0..<width {
            let place = layout.endianness == .little ? index : width - 1 - index
            bytes[offset + place] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index))
        }
    }

    private mutating func setBits(_ bits: BitField, at offset: Int, width: Int, _ value: UInt64) {
        let all = 8 * width
        let shift = UInt64(layout.endianness == .little ? bits.before : all - bits.before - bits.width)
        let mask: UInt64 = ((1 << UInt64(bits.width)) &- 1) << shift
        var number: UInt64 = 0
        for index in 0..<width {
            let place = layout.endianness == .little ? index : width - 1 - index
            number |= UInt64(bytes[offset + place]) << UInt64(8 * index)
        }
        put(number & ~mask | (value << shift) & mask, at: offset, width: width)
    }

    /// Where a member is, `width` bytes wide.
    struct Place {
        var offset: Int
        var width: Int
        var bits: BitField?
    }

    /// Where a member is, or the member of a member; nil where this kernel has none.
    func place(of path: String) -> Place? {
        // Most paths are a single name.
        if let member = structure?.member(path) { return place(of: member, from: 0) }
        var within = structure
        var start = 0
        var found: Place?
        for name in path.split(separator: ".") {
            guard let member = within?.member(String(name)) else { return nil }
            found = place(of: member, from: start)
            start += member.offset
            if case .structure(let next) = member.type { within = layout[next] } else { within = nil }
        }
        return found
    }

    /// Where a member is of a structure that begins at `start`.
    private func place(of member: MemberLayout, from start: Int) -> Place {
        Place(offset: start + member.offset, width: layout.size(of: member.type), bits: member.bits)
    }
}
