import PhysicalMemory
import SystemPackage
import Testing

@Suite("Memory laid out in the order of a dump")
struct LayoutTests {
    /// 0xaf4 bytes of headers as Linux 3.4 has them, then the second half of memory, then the first without its end.
    private let front: UInt64 = 0xaf4
    private let size: UInt64 = 0x8_0000
    private var upper: AddressRange { range(0x4_0000, 0x8_0000) }
    private var lower: AddressRange { range(0, 0x3_1020) }

    private func layout(_ map: MemoryMap? = nil) throws -> StoreLayout {
        let parts = [
            StoreLayout.Part(range: upper, offset: front),
            StoreLayout.Part(range: lower, offset: front + upper.count),
        ]
        let layout = StoreLayout(
            parts,
            of: map ?? MemoryMap(size: size),
            size: front + upper.count + lower.count
        )
        return try #require(layout)
    }

    /// Memory with something everywhere, laid out.
    private func machine() throws -> PhysicalRAM {
        var ram = try PhysicalRAM(map: MemoryMap(size: size))
        try ram.write(pattern(Int(size)), at: 0)
        #expect(try ram.lay(out: layout(), copyingAtMost: .max))
        return ram
    }

    private func image(_ ram: PhysicalRAM) -> MemoryImage {
        var image = MemoryImage()
        image.append(pattern(Int(front), seed: 9))
        image.append(upper, of: ram)
        image.append(lower, of: ram)
        return image
    }

    @Test("every byte keeps its address when memory is laid out, at any boundary")
    func bytes() throws {
        let ram = try machine()
        #expect(try ram.read(at: 0, count: Int(size)) == pattern(Int(size)))
        try ram.write([1, 2, 3], at: 0x3_101f)
        #expect(
            try ram.read(at: 0x3_101e, count: 5) == [
                pattern(0x3_101f)[0x3_101e], 1, 2, 3, pattern(0x3_1023)[0x3_1022],
            ]
        )
    }

    @Test("the store's file is the dump, headers included, without a copy of memory")
    func settled() throws {
        let ram = try machine()
        let image = image(ram)
        let store = try #require(try image.settling?.carryOut())
        let all = pattern(Int(size))
        let wanted = pattern(Int(front), seed: 9) + all[0x4_0000...] + all[..<0x3_1020]
        #expect(try store.fileBytes() == wanted)
        #expect(try image.read(at: 0, count: Int(image.size)) == wanted)
    }

    @Test("nothing can be written to it any more, and what lies elsewhere can")
    func sealed() throws {
        let ram = try machine()
        let store = try #require(try image(ram).settling?.carryOut())
        let before = try store.fileBytes()
        #expect(throws: Errno.notPermitted) { try ram.write([0], at: 0x4_0000) }
        #expect(throws: Errno.notPermitted) { try store.descriptor.writeAll(toAbsoluteOffset: 0, [0]) }
        #expect(try store.fileBytes() == before)
        try ram.write([7], at: 0x3_1020)
        #expect(try ram.read(at: 0x3_1020, count: 1) == [7])
    }

    @Test("a dump that another boot settled is the same file again, another one is none")
    func again() throws {
        let ram = try machine()
        let first = try #require(try image(ram).settling?.carryOut())
        #expect(try image(ram).settling?.carryOut() === first)
        var other = MemoryImage()
        other.append(pattern(Int(front), seed: 10))
        other.append(upper, of: ram)
        other.append(lower, of: ram)
        #expect(other.settling == nil)
    }

    @Test(
        "what lies otherwise than the dump shows it is no file: other headers, another order, a part twice, other memory"
    )
    func misfits() throws {
        let ram = try machine()
        var longer = MemoryImage()
        longer.append(pattern(Int(front) + 1))
        longer.append(upper, of: ram)
        longer.append(lower, of: ram)
        #expect(longer.settling == nil)
        var swapped = MemoryImage()
        swapped.append(pattern(Int(front)))
        swapped.append(lower, of: ram)
        swapped.append(upper, of: ram)
        #expect(swapped.settling == nil)
        var moved = ram
        try moved.renew(range(0x4_1000, 0x4_2000))
        #expect(image(moved).settling == nil)
        let plain = try PhysicalRAM(map: MemoryMap(size: size))
        #expect(image(plain).settling == nil)
        // None of the attempts sealed it.
        try ram.write([1], at: 0x4_0000)
    }

    @Test("a crash and a release lead to the same layout with nothing of the old dump in it")
    func renewed() throws {
        var ram = try machine()
        let all = range(0, size)
        ram.freeze(all)
        try ram.renew(range(0, 0x1_0000))
        try ram.write([5], at: 5)
        let old = image(ram)
        ram.reclaimFrozen()
        ram.forgetDisplaced()
        #expect(try ram.read(at: 0, count: 0x1_0000).elementsEqual((0..<0x1_0000).map { $0 == 5 ? 5 : 0 }))
        #expect(try ram.read(at: 0x1_0000, count: Int(size) - 0x1_0000).allSatisfy { $0 == 0 })
        #expect(try old.read(at: front, count: Int(upper.count)).allSatisfy { $0 == 0 })
        try ram.write([6], at: 0x4_0000)
        let store = try #require(try image(ram).settling?.carryOut())
        #expect(try store.fileBytes()[Int(front)] == 6)
        #expect(try store.fileBytes()[Int(front + upper.count) + 5] == 5)
    }

    @Test("who holds the file of a dump that is gone finds it empty, and the host has its memory back")
    func retired() throws {
        var ram = try machine()
        let store = try #require(try image(ram).settling?.carryOut())
        ram.freeze(range(0, size))
        ram.reclaimFrozen()
        #expect(try store.fileBytes().count == Int(store.size))
        ram.forgetDisplaced()
        #expect(try store.fileBytes().isEmpty)
        #expect(store.allocated == 0)
    }

    @Test("memory is copied up to a limit, and stays where it is beyond, and when frozen")
    func refusals() throws {
        var ram = try PhysicalRAM(map: MemoryMap(size: size))
        try ram.write(pattern(0x1_0000), at: 0)
        #expect(try !ram.lay(out: layout(), copyingAtMost: 0xffff))
        #expect(try ram.read(at: 0, count: 0x1_0000) == pattern(0x1_0000))
        ram.freeze(range(0x4_0000, 0x4_0001))
        #expect(try !ram.lay(out: layout(), copyingAtMost: .max))
        ram.thaw(range(0, size))
        #expect(try ram.lay(out: layout(), copyingAtMost: 0x1_0000))
        // A second time there is nothing to do.
        #expect(try ram.lay(out: layout(), copyingAtMost: 0))
    }

    @Test("no layout has a byte twice or behind its end, and what is no memory has no place")
    func impossible() throws {
        let map = try MemoryMap([range(0, 0x2_0000), range(0x6_0000, size)])
        let twice = [
            StoreLayout.Part(range: range(0, 0x1000), offset: 0),
            StoreLayout.Part(range: range(0xfff, 0x2000), offset: 0x1000),
        ]
        #expect(StoreLayout(twice, of: map, size: 0x1_0000) == nil)
        #expect(StoreLayout([.init(range: range(0, 0x1000), offset: 1)], of: map, size: 0x1000) == nil)
        let layout = try layout(map)
        #expect(layout.parts.map(\.range) == [range(0, 0x2_0000), range(0x6_0000, size)])
        #expect(layout.parts.map(\.offset) == [front + upper.count, front + 0x2_0000])
    }

    @Test("ten thousand ranges of memory are laid out and found again")
    func manyRanges() throws {
        let ranges = (0..<10_000).map { range(UInt64($0) * 0x4000, UInt64($0) * 0x4000 + 0x2000) }
        let map = try MemoryMap(ranges)
        var ram = try PhysicalRAM(map: map)
        try ram.write([1, 2], at: PhysicalAddress(UInt64(0x4000 * 7777)))
        let parts = ranges.indices.map {
            StoreLayout.Part(range: ranges[$0], offset: front + UInt64(9_999 - $0) * 0x2000)
        }
        let layout = try #require(StoreLayout(parts, of: map, size: front + 10_000 * 0x2000))
        #expect(try ram.lay(out: layout, copyingAtMost: .max))
        #expect(try ram.read(at: PhysicalAddress(UInt64(0x4000 * 7777)), count: 2) == [1, 2])
        var image = MemoryImage()
        image.append(pattern(Int(front)))
        for range in ranges.reversed() { image.append(range, of: ram) }
        let store = try #require(try image.settling?.carryOut())
        #expect(try store.fileBytes()[Int(front) + (9_999 - 7777) * 0x2000] == 1)
    }
}
