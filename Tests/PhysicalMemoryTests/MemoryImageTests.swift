import PhysicalMemory
import SystemPackage
import Testing

@Suite("Memory images")
struct MemoryImageTests {
    /// 5 literal bytes, a hole of 3, then 4 pages of RAM of which the second holds data.
    private func image() throws -> MemoryImage {
        let ram = try PhysicalRAM(map: MemoryMap(size: 4 * page))
        try ram.write(pattern(Int(page)), at: PhysicalAddress(page))
        var image = MemoryImage()
        image.append([1, 2, 3, 4, 5])
        image.append(hole: 3)
        image.append(range(0, 4 * page), of: ram)
        return image
    }

    private func expected() -> [UInt8] {
        let zeros = [UInt8](repeating: 0, count: Int(page))
        return [1, 2, 3, 4, 5, 0, 0, 0] + zeros + pattern(Int(page)) + zeros + zeros
    }

    @Test("an image is the bytes of its pieces one after the other")
    func whole() throws {
        let image = try image()
        #expect(image.size == 8 + 4 * page)
        #expect(try image.read(at: 0, count: Int(image.size)) == expected())
    }

    @Test("every window, across every boundary, reads what it should")
    func windows() throws {
        let image = try image()
        let all = expected()
        let edges = [
            0, 4, 5, 7, 8, Int(page), Int(page) + 8, 2 * Int(page) + 7, 2 * Int(page) + 8, all.count - 2,
        ]
        for start in edges {
            for count in [1, 2, 3, 9, 4096, 4105] {
                let end = min(start + count, all.count)
                #expect(try image.read(at: UInt64(start), count: count) == Array(all[start..<end]))
            }
        }
    }

    @Test("a read past the end is shortened, one behind it is empty")
    func pastTheEnd() throws {
        let image = try image()
        #expect(try image.read(at: image.size - 1, count: 10) == [0])
        #expect(try image.read(at: image.size, count: 10) == [])
        #expect(try image.read(at: .max, count: 10) == [])
        #expect(try image.read(at: 0, count: 0) == [])
        #expect(try image.read(at: 0, count: -1) == [])
        #expect(try MemoryImage().read(at: 0, count: 1) == [])
    }

    @Test("data are literal bytes and written pages; everything else is a hole")
    func seeking() throws {
        let image = try image()
        let data = 8 + page
        #expect(image.nextData(from: 0) == 0)
        #expect(image.nextHole(from: 0) == 5)
        #expect(image.nextData(from: 5) == data)
        #expect(image.nextHole(from: 6) == 6)
        #expect(image.nextHole(from: data) == data + page)
        #expect(image.nextData(from: data + 17) == data + 17)
        #expect(image.nextData(from: data + page) == nil)
        #expect(image.nextHole(from: data + page) == data + page)
        #expect(image.nextData(from: image.size) == nil)
        #expect(image.nextHole(from: image.size) == nil)
    }

    @Test("the end of the image counts as a hole")
    func endIsAHole() throws {
        var image = MemoryImage()
        image.append([1, 2, 3])
        #expect(image.nextHole(from: 1) == 3)
    }

    @Test("data of a store outside the image's part of it are not found")
    func clippedStore() throws {
        let ram = try PhysicalRAM(map: MemoryMap(size: 8 * page))
        try ram.write([1], at: PhysicalAddress(5 * page))
        var image = MemoryImage()
        image.append(range(0, 3 * page), of: ram)
        image.append([7])
        #expect(image.nextData(from: 0) == 3 * page)
        #expect(image.nextHole(from: 3 * page) == 3 * page + 1)
    }

    @Test("the image of RAM has physical addresses as offsets, and what is not memory reads as a hole")
    func ofRAM() throws {
        let ram = try PhysicalRAM(map: MemoryMap([range(0, page), range(3 * page, 4 * page)]))
        try ram.write([5], at: 0)
        try ram.write([6], at: PhysicalAddress(3 * page))
        let image = MemoryImage(ram)
        #expect(image.size == 4 * page)
        #expect(try image.read(at: 3 * page - 1, count: 2) == [0, 6])
        #expect(image.nextHole(from: 0) == page)
        #expect(image.nextData(from: page) == 3 * page)
    }

    @Test("a window over memory that is missing in the middle and at the ends keeps its length")
    func missingMemory() throws {
        let ram = try PhysicalRAM(map: MemoryMap([range(page, 2 * page), range(3 * page, 4 * page)]))
        try ram.write(pattern(1), at: PhysicalAddress(page))
        var image = MemoryImage()
        image.append(range(10, 5 * page), of: ram)
        #expect(image.size == 5 * page - 10)
        #expect(try image.read(at: page - 11, count: 2) == [0] + pattern(1))
    }

    @Test("an image keeps its bytes when the RAM that it came from is renewed")
    func outlivesRenewal() throws {
        var ram = try PhysicalRAM(map: MemoryMap(size: 4 * page))
        try ram.write(pattern(100), at: 50)
        let image = MemoryImage(ram)
        try ram.renew(range(0, 4 * page))
        try ram.write(pattern(100, seed: 2), at: 50)
        #expect(try image.read(at: 50, count: 100) == pattern(100))
    }
}
