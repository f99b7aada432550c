import BinaryCodec
import CoreFile
import PhysicalMemory
import SystemPackage
import Testing

@Suite("The memory in a core file")
struct CoreContentsTests {
    private let bootMemory: UInt64 = 0x4_0000
    /// Not page aligned, as in the design document's example.
    private let destination: UInt64 = 0x9_1020

    /// 1 MiB whose boot memory was preserved at `destination`; every 8-byte word of the crashed kernel's memory
    /// below 0x9_0000 holds its own address, the page around the destination something else.
    private func crashedMachine() throws -> PhysicalRAM {
        var ram = try PhysicalRAM(map: MemoryMap(size: 1 << 20))
        var writer = BinaryWriter(.big)
        for address in stride(from: UInt64(0), to: 0x9_0000, by: 8) { writer.put(address) }
        try ram.write(writer.bytes, at: 0)
        try ram.write(Array(repeating: 0xee, count: 0x1020), at: 0x9_0000)
        try ram.alias(range(0, count: bootMemory), at: PhysicalAddress(destination))
        ram.freeze(range(0, count: 1 << 20))
        try ram.renew(range(0, count: bootMemory))
        try ram.write(Array(repeating: 0x55, count: 0x1000), at: 0)
        return ram
    }

    private func core(_ layout: CoreLayout, _ ram: PhysicalRAM) throws -> CoreFile {
        try CoreFile(
            endianness: .big,
            machine: .ppc64,
            flags: 0,
            notes: [PRStatus(registers: registers(cpu: 0)).note(.big)],
            segments: [
                segment(0, count: bootMemory, at: destination),
                segment(bootMemory, count: 0x9_0000 - bootMemory),
            ],
            layout: layout,
            ram: ram
        )
    }

    static let layouts: [CoreLayout] = [
        .packed, .pageAligned(pageSize: 0x1000, noteAlignment: 0),
        .pageAligned(pageSize: 0x1_0000, noteAlignment: 4),
    ]

    @Test("every word of the crashed kernel is found at its physical address", arguments: layouts)
    func everyWord(_ layout: CoreLayout) throws {
        let reader = try core(layout, crashedMachine()).reader()
        for address in stride(from: UInt64(0), to: 0x9_0000, by: 0x1000 - 8) {
            var word = BinaryReader(try reader.read(physical: address, count: 8), .big)
            #expect(try word.u64("word") == address)
        }
    }

    @Test("a read across the end of boot memory continues in the next segment", arguments: layouts)
    func acrossSegments(_ layout: CoreLayout) throws {
        let reader = try core(layout, crashedMachine()).reader()
        var words = BinaryReader(try reader.read(physical: bootMemory - 8, count: 16), .big)
        #expect(try words.u64("last word of boot memory") == bootMemory - 8)
        #expect(try words.u64("first word behind it") == bootMemory)
    }

    @Test("what the capture kernel writes into boot memory is not in the dump", arguments: layouts)
    func laterWrites(_ layout: CoreLayout) throws {
        let ram = try crashedMachine()
        let core = try core(layout, ram)
        let before = try core.bytes()
        try ram.write(Array(repeating: 0x77, count: 0x1000), at: 0x2000)
        #expect(try core.bytes() == before)
    }

    @Test("with pages, the memory around a segment is there too; packed, it is not")
    func aroundSegments() throws {
        let ram = try crashedMachine()
        let aligned = try core(.pageAligned(pageSize: 0x1000, noteAlignment: 0), ram)
        let offset = aligned.programHeaders[1].offset
        #expect(offset == 0x2020)
        #expect(try aligned.image.read(at: 0x2000, count: 0x20) == Array(repeating: 0xee, count: 0x20))
        let packed = try core(.packed, ram)
        #expect(packed.size == aligned.size - 0x2000 - 0x1000 + 64 + 3 * 56 + 0x20c)
    }

    @Test("what is not memory reads as zeros and keeps everything behind it in its place")
    func missingMemory() throws {
        let ram = try PhysicalRAM(map: MemoryMap([range(0, count: 0x1000), range(0x2000, count: 0x1000)]))
        try ram.write([1, 2, 3], at: 0x2000)
        let core = try CoreFile(
            endianness: .big,
            machine: .ppc64,
            flags: 0,
            notes: [],
            segments: [segment(0, count: 0x3000)],
            layout: .packed,
            ram: ram
        )
        let reader = try core.reader()
        #expect(try reader.read(physical: 0x1ffe, count: 5) == [0, 0, 1, 2, 3])
        #expect(core.size == 64 + 2 * 56 + 0x3000)
    }

    @Test("building the core file of a tebibyte and reading its far end allocates nothing")
    func sparse() throws {
        let ram = try PhysicalRAM(map: MemoryMap(size: 1 << 40))
        try ram.write([0x42], at: PhysicalAddress(1 << 39))
        let before = ram.allocated
        let core = try CoreFile(
            endianness: .big,
            machine: .ppc64,
            flags: 0,
            notes: [],
            segments: [segment(0, count: 1 << 40)],
            layout: .packed,
            ram: ram
        )
        let reader = try core.reader()
        #expect(try reader.read(physical: 1 << 39, count: 2) == [0x42, 0])
        #expect(try reader.read(physical: (1 << 40) - 4, count: 4) == [0, 0, 0, 0])
        #expect(core.image.nextData(from: 0xb0) == (1 << 39) + 64 + 2 * 56)
        #expect(ram.allocated == before)
    }

    @Test("a core file that cannot be is refused")
    func refused() throws {
        let ram = try PhysicalRAM(map: MemoryMap(size: 0x1000))
        func build(_ segments: [CoreSegment], _ layout: CoreLayout) throws(BinaryError) {
            _ = try CoreFile(
                endianness: .big,
                machine: .ppc64,
                flags: 0,
                notes: [],
                segments: segments,
                layout: layout,
                ram: ram
            )
        }
        let huge = segment(0, count: .max)
        #expect(throws: BinaryError.overflow("size of the core file")) { try build([huge], .packed) }
        #expect(throws: BinaryError.self) {
            try build([huge], .pageAligned(pageSize: 0x1_0000, noteAlignment: 0))
        }
        #expect(throws: BinaryError.overflow("number of program headers")) {
            try build(Array(repeating: segment(0, count: 1), count: 0xffff), .packed)
        }
        for pageSize in [0, 3, 0x1001] as [UInt64] {
            #expect(throws: BinaryError.self) {
                try build([], .pageAligned(pageSize: pageSize, noteAlignment: 0))
            }
        }
        #expect(throws: Never.self) {
            try build([segment(0, count: 1)], .pageAligned(pageSize: 1 << 62, noteAlignment: 0))
        }
        #expect(throws: BinaryError.self) {
            try CoreFile.predictedHeaderSize(noteSize: .max, segments: 1, layout: .packed)
        }
        #expect(throws: BinaryError.self) {
            try CoreFile.predictedHeaderSize(noteSize: 0, segments: -2, layout: .packed)
        }
        #expect(throws: BinaryError.self) {
            try CoreFile.predictedHeaderSize(noteSize: 0, segments: .max, layout: .packed)
        }
    }
}
