import BinaryCodec
import CoreFile
import KernelProfile
import PhysicalMemory
import Testing

@testable import SyntheticKernel

@Suite("The page array")
struct PageArrayTests {
    /// A kernel with a hole in its memory, its array generated or stored.
    private func boot(
        _ profile: KernelProfile,
        _ endianness: Endianness,
        pageSize: UInt64,
        fill: MemoryFill? = nil
    ) throws -> (memory: KernelMemory, ram: PhysicalRAM) {
        let map = try MemoryMap([
            AddressRange(0, upTo: 0x1000_0000), AddressRange(0x2040_0000, upTo: 0x2841_0000),
        ])
        var ram = try PhysicalRAM(map: map)
        var memory = KernelMemory(KernelLayout(profile, endianness, pageSize: pageSize), radix: true)
        try memory.writeImage(memoryEnd: map.end.rawValue, in: ram)
        let taken = AddressRange(0x0800_0000, upTo: 0x0900_0000)
        try memory.writePages(
            MemoryUse(memory: map, usable: map.ranges, taken: [taken], fill: fill),
            in: &ram
        )
        return (memory, ram)
    }

    /// What a tool that follows VMCOREINFO finds out about a page.
    private struct Element {
        var words: [UInt64]
        var mapCount: Int32
        var references: UInt32
    }

    private func element(_ frame: UInt64, _ memory: KernelMemory, _ ram: PhysicalRAM) throws -> Element? {
        let layout = memory.layout
        func word(_ address: UInt64) throws -> UInt64 {
            var reader = BinaryReader(
                try ram.read(at: PhysicalAddress(address & ~(0xf << 60)), count: 8),
                layout.endianness
            )
            return try reader.u64("word")
        }
        let section = frame / layout.sectionPages
        let root = try word(layout.image.sectionRoots + section / layout.sectionsPerRoot * 8)
        guard root != 0 else { return nil }
        let map = try word(root + section % layout.sectionsPerRoot * 16)
        guard map & 3 == 3 else { return nil }
        let address = (map & ~0x3f) &+ frame &* 64
        var words: [UInt64] = []
        for index in 0..<8 { words.append(try word(address + UInt64(index) * 8)) }
        let counter = UInt64(layout.offset("page", "_mapcount") ?? 0)
        var reader = BinaryReader(
            try ram.read(at: PhysicalAddress((address & ~(0xf << 60)) + counter), count: 8),
            layout.endianness
        )
        return Element(
            words: words,
            mapCount: Int32(bitPattern: try reader.u32("_mapcount")),
            references: try reader.u32("_refcount")
        )
    }

    @Test(
        "a tool that follows VMCOREINFO tells each page's class",
        arguments: KernelProfile.all,
        [4096, 65536] as [UInt64]
    )
    func classes(profile: KernelProfile, pageSize: UInt64) throws {
        let fill = pageSize == 4096 ? MemoryFill(seed: 5) : nil
        let endianness = try #require(profile.endiannesses.last)
        let (memory, ram) = try boot(profile, endianness, pageSize: pageSize, fill: fill)
        let plan = try #require(memory.plan)
        let rules = profile.structures
        let layout = memory.layout
        func index(_ member: String) -> Int { (layout.offset("page", member) ?? 0) / 8 }
        let frames = 0x2841_0000 / pageSize
        // All pages of 64 KiB, and of the smaller ones a part that has everything.
        for frame in 0..<frames where pageSize == 65536 || frame % 512 < 40 {
            guard let pageClass = plan.pageClass(of: frame) else { continue }
            let page = try #require(try element(frame, memory, ram), "\(frame)")
            let flags = page.words[index("flags")]
            let isBuddy = page.mapCount == rules.pageTypes.buddy
            let isListed = flags >> UInt64(rules.pageFlags.lru) & 1 == 1
            let hasPrivate = flags >> UInt64(rules.pageFlags.privateData) & 1 == 1
            let isAnonymous = page.words[index("mapping")] & 1 == 1
            #expect(isListed == [.cache, .privateCache, .anonymous].contains(pageClass))
            #expect(hasPrivate == (pageClass == .privateCache))
            #expect(isAnonymous == (pageClass == .anonymous))
            #expect((page.references == 0) == (pageClass == .free))
            let block = plan.buddy(of: frame)
            #expect(isBuddy == (block?.head == frame))
            if isBuddy { #expect(page.words[index("private")] == UInt64(block?.order ?? -1)) }
        }
    }

    @Test(
        "the lists of free blocks lead through all of them, forwards and backwards",
        arguments: Endianness.allCases
    )
    func freeLists(endianness: Endianness) throws {
        for fill in [nil, MemoryFill(seed: 9)] {
            let (memory, ram) = try boot(.linux72, endianness, pageSize: 65536, fill: fill)
            let layout = memory.layout
            let plan = try #require(memory.plan)
            let area = UInt64(layout.size(of: .structure("free_area")))
            func word(_ address: UInt64) throws -> UInt64 {
                let place = PhysicalAddress(address & ~(0xf << 60))
                var reader = BinaryReader(try ram.read(at: place, count: 8), endianness)
                return try reader.u64("link")
            }
            var pages: UInt64 = 0
            for order in 0...layout.largestOrder {
                let start = layout.image.node + 256 + area * UInt64(order)
                let head = layout.architecture.imageAddress(start + 16)
                var (place, previous, count) = (try word(head), head, UInt64(0))
                while place != head, count < 1 << 16 {
                    #expect(try word(place + 8) == previous)
                    (previous, place) = (place, try word(place))
                    count += 1
                }
                #expect(try word(head + 8) == previous)
                #expect(try word(start + area - 8) == count)
                pages += count << UInt64(order)
            }
            #expect(pages == plan.counts[.free])
            #expect(try word(layout.image.node + UInt64(layout.offset("zone", "vm_stat") ?? 0)) == pages)
        }
    }

    @Test("it reads the same in pieces of any size as at once")
    func pieces() throws {
        let (memory, _) = try boot(.linux61, .big, pageSize: 65536, fill: MemoryFill(seed: 1))
        let plan = try #require(memory.plan)
        let address = try #require(memory.pageArray).start.rawValue
        let map = SectionMap(memory.layout, memory: plan.memory, most: .max)
        let array = PageArray(memory.layout, plan, map, at: address)
        func read(_ range: Range<Int>) throws -> [UInt8] {
            var bytes = [UInt8](repeating: 0xaa, count: range.count)
            try bytes.withUnsafeMutableBytes { try array.fill($0, at: UInt64(range.lowerBound)) }
            return bytes
        }
        let whole = try read(0..<Int(array.byteCount))
        #expect(Int(array.byteCount) == whole.count)
        for step in [1, 7, 63, 64, 65, 4095, 65536] {
            let start = max(0, whole.count - 70000)
            for first in stride(from: start, to: whole.count, by: step) where step > 60 || first % 1000 < 200
            {
                let range = first..<min(first + step, whole.count)
                #expect(try read(range) == Array(whole[range]))
            }
        }
    }

    @Test("the array of a large machine takes no storage, and is read at any place")
    func large() throws {
        let size: UInt64 = 8 << 40
        let map = MemoryMap(size: size)
        var ram = try PhysicalRAM(map: map)
        var memory = KernelMemory(KernelLayout(.linux72, .little, pageSize: 4096), radix: true)
        try memory.writeImage(memoryEnd: size, in: ram)
        try memory.writePages(MemoryUse(memory: map, usable: map.ranges, taken: []), in: &ram)
        let array = try #require(memory.pageArray)
        #expect(array.count > 1 << 37)
        #expect(ram.allocated < 4 << 20)
        for frame in [0, 1 << 30, (1 << 31) - 4096] as [UInt64] {
            #expect(try element(frame, memory, ram) != nil)
        }
    }

    @Test("bytes written into the array stay, and the bytes around them")
    func copyOnWrite() throws {
        let map = MemoryMap(size: 1 << 40)
        var ram = try PhysicalRAM(map: map)
        var memory = KernelMemory(KernelLayout(.linux61, .little, pageSize: 65536), radix: true)
        try memory.writePages(MemoryUse(memory: map, usable: map.ranges, taken: []), in: &ram)
        let place = try #require(memory.pageArray).start &+ 0x10_0010
        let before = try ram.read(at: place, count: 64)
        try ram.write([1, 2, 3], at: place)
        #expect(try ram.read(at: place, count: 64) == [1, 2, 3] + before[3...])
    }
}
