/// A structure of which many are written: its members are found once, not each time.
struct StructureForm {
    private let blank: StructureBytes
    private let places: [StructureBytes.Place?]

    init(_ name: String, _ members: [String], _ layout: KernelLayout) {
        let blank = StructureBytes(name, layout)
        self.blank = blank
        places = members.map { blank.place(of: $0) }
    }

    /// Bytes of one.
    var size: Int { blank.bytes.count }

    /// One with these numbers in its members; a number for a member that this kernel does not have is passed over.
    func bytes(_ values: UInt64...) -> [UInt8] {
        var structure = blank
        for (place, value) in zip(places, values) {
            if let place { structure.set(place, value) }
        }
        return structure.bytes
    }
}
