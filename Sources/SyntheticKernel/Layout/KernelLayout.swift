import BinaryCodec
import CoreFile
import KernelProfile

/// What the emulated kernel's memory looks like: every structure, enumeration and symbol that is in it.
///
/// One description for all who need it: what is written into memory, VMCOREINFO, and the debug information of a
/// matching vmlinux. Shapes: offsets and sizes in bytes, as the C compiler for ppc64 lays structures out.
public struct KernelLayout: Sendable {
    public let profile: KernelProfile
    public let endianness: Endianness
    /// Bytes of a page as the dumped kernel sees it.
    public let pageSize: UInt64
    public let architecture: DumpArchitecture
    /// Structures, each behind those that it has members of.
    public private(set) var structures: [StructureLayout] = []
    public private(set) var enumerations: [EnumerationLayout] = []
    /// Things with a name and a fixed place in the image, by address.
    public private(set) var symbols: [KernelSymbol] = []
    /// Where they lie.
    public let image: ImagePlan
    private var index: [String: Int] = [:]

    public init(
        _ profile: KernelProfile,
        _ endianness: Endianness,
        pageSize: UInt64,
        architecture: DumpArchitecture = .power
    ) {
        self.profile = profile
        self.endianness = endianness
        self.pageSize = architecture.pageSize ?? pageSize
        self.architecture = architecture
        image = ImagePlan(profile)
        addBasicStructures()
        addLogStructures()
        addPageStructures()
        addZoneStructures()
        addProcessNumberStructures()
        addTaskStructures()
        addSymbols()
    }

    /// The structure of this name; nil where this kernel has none.
    public subscript(_ name: String) -> StructureLayout? { index[name].map { structures[$0] } }

    /// The offset of `member` in `structure`; nil where this kernel has none.
    public func offset(_ structure: String, _ member: String) -> Int? {
        self[structure]?.member(member)?.offset
    }

    /// Bytes that a value of this type takes.
    public func size(of type: KernelType) -> Int {
        switch type {
        case .unsigned(let bytes), .signed(let bytes), .opaque(let bytes): bytes
        case .character: 1
        case .pointer: 8
        case .structure(let name): self[name]?.size ?? 0
        case .enumeration: 4
        case .array(let element, let count): size(of: element) * count
        }
    }

    func alignment(of type: KernelType) -> Int {
        switch type {
        case .unsigned(let bytes), .signed(let bytes): bytes
        case .character, .opaque: 1
        case .pointer: 8
        case .structure(let name): self[name]?.alignment ?? 1
        case .enumeration: 4
        case .array(let element, _): alignment(of: element)
        }
    }
}

// MARK: Adding

extension KernelLayout {
    /// Lays members out one behind the other as C does; `opaque` members are room and get no name.
    ///
    /// `size` is the least size, for structures with an end that nobody looks at.
    mutating func add(
        _ name: String,
        isTypeDefinition: Bool = false,
        size least: Int = 0,
        _ members: [(String, KernelType)]
    ) {
        var laidOut: [MemberLayout] = []
        var (offset, greatest) = (0, 1)
        for (member, type) in members {
            let alignment = alignment(of: type)
            greatest = max(greatest, alignment)
            offset = Self.align(offset, alignment)
            if case .opaque = type {
            } else {
                laidOut.append(MemberLayout(name: member, offset: offset, type: type))
            }
            offset += size(of: type)
        }
        index[name] = structures.count
        structures.append(
            StructureLayout(
                name: name,
                isTypeDefinition: isTypeDefinition,
                size: Self.align(max(offset, least), greatest),
                alignment: greatest,
                members: laidOut
            )
        )
    }

    /// Adds a member that shares its place with another one, as those of a union do.
    mutating func overlay(_ structure: String, _ member: MemberLayout) {
        guard let index = index[structure] else { return }
        structures[index].members.append(member)
        structures[index].members.sort {
            ($0.offset, $0.bits?.before ?? 0) < ($1.offset, $1.bits?.before ?? 0)
        }
    }

    mutating func add(_ enumeration: EnumerationLayout) { enumerations.append(enumeration) }

    mutating func add(_ symbol: KernelSymbol) {
        var symbol = symbol
        symbol.virtualAddress = architecture.imageAddress(symbol.address)
        let place = symbols.firstIndex { $0.address > symbol.address } ?? symbols.count
        symbols.insert(symbol, at: place)
    }

    private static func align(_ offset: Int, _ alignment: Int) -> Int {
        (offset + alignment - 1) / alignment * alignment
    }
}
