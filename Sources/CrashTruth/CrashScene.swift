import BinaryCodec
import CoreFile
import PhysicalMemory

/// What a machine keeps of its crash: memory as it was before firmware did anything to it, and the CPUs.
///
/// A value over stores that nobody writes to while the dump waits: making one copies nothing.
public struct CrashScene: Sendable {
    /// A CPU that was online.
    public struct CPU: Sendable {
        public var id: UInt32
        /// Its registers as a note of the dump has to have them.
        public var note: ELFNote

        public init(id: UInt32, note: ELFNote) {
            self.id = id
            self.note = note
        }
    }

    public var facts: TruthFacts
    public var ram: PhysicalRAM
    /// Where the crashed kernel has its page array; nil where it has none.
    public var pageArray: AddressRange?
    /// In the order in which firmware saves them.
    public var cpus: [CPU]
    /// The CPU that crashed; nil where none did, because firmware was asked for the dump.
    public var crashingCPU: UInt32?

    public init(facts: TruthFacts, ram: PhysicalRAM, cpus: [CPU], crashingCPU: UInt32?) {
        self.facts = facts
        self.ram = ram
        self.cpus = cpus
        self.crashingCPU = crashingCPU
    }

    /// The truth about `core`, the dump of this crash as its capture kernel shows it, and the memory that the payload
    /// consists of. Which memory and how many CPUs are in a dump is for kernels to say; what they were is said here.
    public func truth(about core: CoreFile) -> (truth: Truth, payload: [Extent]) {
        let segments = AddressRange.joined(
            core.programHeaders.filter { $0.type == .load }.compactMap {
                AddressRange(start: PhysicalAddress($0.physicalAddress), count: $0.fileSize)
            }
        )
        var runs: [TruthRun] = []
        var payload: [Extent] = []
        var size: UInt64 = 0
        for segment in segments {
            for contents in ram.contents(of: segment) {
                if let origin = contents.origin, isKnown(origin, contents.range) {
                    runs.append(TruthRun(range: contents.range, source: .generated(origin)))
                    continue
                }
                runs.append(TruthRun(range: contents.range, source: .stored(size)))
                payload.append(contents.extent)
                size &+= contents.range.count
            }
        }
        let (notes, known) = notes(core.notes)
        let truth = Truth(
            facts: facts,
            segments: segments,
            cpus: known,
            notes: notes,
            runs: runs,
            payload: .bytes
        )
        return (truth, payload)
    }

    /// Whether others can make up this memory: arrays of earlier kernels may still lie about, of which nobody knows.
    private func isKnown(_ origin: MadeUpOrigin, _ range: AddressRange) -> Bool {
        guard origin.maker == .pageArray else { return true }
        guard let pageArray, pageArray.contains(range) else { return false }
        return range.start.rawValue - pageArray.start.rawValue == origin.offset
    }

    /// The truth about `core` as a file; the bytes of memory in it are those of the stores, not copied.
    ///
    /// Errors: more runs of memory than a file can count.
    public func file(about core: CoreFile) throws(BinaryError) -> MemoryImage {
        let (truth, payload) = truth(about: core)
        var image = MemoryImage()
        let size = payload.reduce(UInt64(0)) { $0 &+ $1.range.count }
        image.append(try truth.fileHead(payloadSize: size))
        for extent in payload { image.append(extent) }
        return image
    }

    /// The notes of a dump with the registers of the CPUs as they really were.
    ///
    /// A dump has a note for each CPU, or one for the crashing one; where it has another number of them, each is
    /// for the CPU that has its registers.
    private func notes(_ dumped: [ELFNote]) -> (notes: [ELFNote], cpus: [Truth.CPU]) {
        let places = dumped.indices.filter {
            dumped[$0].name == PRStatus.noteName && dumped[$0].type == PRStatus.noteType
        }
        let crashing = cpus.filter { $0.id == crashingCPU }
        let owners = places.count == cpus.count ? cpus : places.count == crashing.count ? crashing : []
        var notes = dumped
        var known: [Truth.CPU] = []
        for (index, place) in places.enumerated() {
            var owner = index < owners.count ? owners[index] : nil
            if let owner { notes[place] = owner.note }
            owner = owner ?? cpus.first { $0.note == dumped[place] }
            let id = owner?.id ?? UInt32(clamping: index)
            known.append(Truth.CPU(id: id, isCrashing: id == crashingCPU, note: place))
        }
        return (notes, known)
    }
}
