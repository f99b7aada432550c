import BinaryCodec
import CoreFile
import KernelProfile
import PhysicalMemory
import SystemPackage

/// What the kernel of one boot has in memory, so that a dump of it is a dump of something.
///
/// The emulated kernel runs no code; tools that open its dump look for its data structures. The image is written before
/// the kernel model starts, pages when it is known which memory is whose, and the log as it grows.
/// Errors: those of writing memory.
public struct KernelMemory: Sendable {
    public let layout: KernelLayout
    /// What each page is used for; nil until the kernel has its memory.
    public private(set) var plan: PagePlan?
    /// Where the page array and the table of its sections are.
    public private(set) var pageArray: AddressRange?
    private var log: any MemoryLog
    private let translatesByRadix: Bool
    /// Lines of the log that are in memory.
    private var logged = 0

    public init(_ layout: KernelLayout, radix: Bool) {
        self.layout = layout
        translatesByRadix =
            radix && layout.profile.structures.knowsRadix && layout.architecture.paging == .hidden
        log =
            switch layout.profile.structures.log {
            case .bytes: TextLog(layout)
            case .records(let name): RecordLog(layout, structure: name)
            case .ringBuffer: RingBufferLog(layout)
            }
    }

    /// Writes what every boot has in the same place: names, banner, VMCOREINFO, tasks, page tables, an empty log.
    public mutating func writeImage(memoryEnd: UInt64, in ram: PhysicalRAM) throws(Errno) {
        let image = layout.image
        let name = SystemName(layout)
        var writer = BinaryWriter(layout.endianness)
        VMCoreInfoText.vmcoreinfo(layout, radix: translatesByRadix).note.write(to: &writer)
        writer.pad(12)
        var patches = [
            MemoryPatch(address: image.utsNamespace, bytes: name.namespaceBytes(layout)),
            MemoryPatch(address: image.text, bytes: layout.architecture.text(layout.endianness)),
            MemoryPatch(address: image.banner, bytes: Array(name.banner.utf8) + [0]),
            MemoryPatch(address: layout.profile.image.vmcoreinfoNote, bytes: writer.bytes),
        ]
        patches += TaskList(layout).patches()
        if translatesByRadix { patches += RadixTables(layout: layout, end: memoryEnd).patches() }
        patches += log.start()
        try write(patches, in: ram)
        try layout.writePageTables(in: ram)
    }

    /// Appends what the kernel printed since the last call. `lines` is all that it printed in this boot.
    public mutating func keepLog(
        count: Int,
        _ line: (Int) -> LogLine,
        in ram: PhysicalRAM
    ) throws(Errno) {
        guard count > logged else { return }
        let lines = (logged..<count).map(line)
        logged = count
        try write(log.append(lines), in: ram)
    }

    private func store(_ array: PageArray, in ram: PhysicalRAM) throws(Errno) {
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        for offset in stride(from: 0, to: array.byteCount, by: bytes.count) {
            let count = Int(min(UInt64(bytes.count), array.byteCount - offset))
            if count < bytes.count { bytes.removeLast(bytes.count - count) }
            let failure = bytes.withUnsafeMutableBytes { buffer -> Errno? in
                do throws(Errno) { try array.fill(buffer, at: offset) } catch { return error }
                return nil
            }
            if let failure { throw failure }
            try ram.write(bytes, at: PhysicalAddress(array.address + offset))
        }
    }

    func write(_ patches: [MemoryPatch], in ram: PhysicalRAM) throws(Errno) {
        for patch in patches { try ram.write(patch.bytes, at: PhysicalAddress(patch.address)) }
    }
}

// MARK: Pages

extension KernelMemory {
    /// Arrays up to this many bytes are stored in RAM, so that RAM of ordinary machines is nothing but storage; larger
    /// ones are made up when they are read.
    public static let largestStoredArray: UInt64 = 8 << 20

    /// Takes memory for the page array, uses some pages for something of everything, and writes what tells of them.
    ///
    /// `use` says whose memory is whose; where the array of all memory does not fit, it describes the lowest part.
    public mutating func writePages(_ use: MemoryUse, in ram: inout PhysicalRAM) throws(Errno) {
        let placement = PagePlacement(layout, use)
        plan = placement.plan
        guard let address = placement.address else { return }
        let array = PageArray(layout, placement.plan, placement.map, at: address)
        let range = AddressRange(PhysicalAddress(address), upTo: PhysicalAddress(address + array.byteCount))
        pageArray = range
        if array.byteCount <= Self.largestStoredArray {
            try store(array, in: ram)
        } else {
            try ram.map(range, to: MemoryStore(size: array.byteCount, background: array))
        }
        try write(NodeTables(layout, placement.plan, array).patches(), in: ram)
        if use.fill == nil { try write(PlantedPages(placement.plan).patches(), in: ram) }
    }
}

extension KernelMemory {
    /// The page array, and behind it the table of its sections, that a kernel with this layout has at `address`.
    public static func pageArray(
        _ layout: KernelLayout,
        _ plan: PagePlan,
        at address: UInt64
    ) -> any MemoryBackground {
        // The plan's memory is that which the array describes.
        PageArray(layout, plan, SectionMap(layout, memory: plan.memory, most: .max), at: address)
    }
}

/// Whose memory is whose once the kernel has booted.
public struct MemoryUse: Sendable {
    /// All memory that the kernel knows.
    public var memory: MemoryMap
    /// What it may use.
    public var usable: [AddressRange]
    /// What it has taken in it: not for pages of others.
    public var taken: [AddressRange]
    /// How a filled machine's pages are shared out; nil for a machine whose memory is free.
    public var fill: MemoryFill?

    public init(memory: MemoryMap, usable: [AddressRange], taken: [AddressRange], fill: MemoryFill? = nil) {
        self.memory = memory
        self.usable = usable
        self.taken = taken
        self.fill = fill
    }
}
