import KernelProfile
import PhysicalMemory
import Testing

@testable import SyntheticKernel

@Suite("Filled memory")
struct FillTests {
    private let memory = FilledMemory(
        MemoryFill(seed: 7, shares: PageShares([.zero: 50, .free: 20]) ?? .standard),
        KernelLayout(.linux72, .little, pageSize: 4096),
        end: 1 << 40
    )

    private func read(_ memory: FilledMemory, _ range: Range<UInt64>) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0xaa, count: range.count)
        try bytes.withUnsafeMutableBytes { try memory.fill($0, at: range.lowerBound) }
        return bytes
    }

    @Test("contents follow from seed and address: any pieces give the same bytes")
    func pieces() throws {
        let start: UInt64 = 0x7_1234_5000
        let whole = try read(memory, start..<start + 300_000)
        for (first, count) in [(0, 1), (3, 4), (5, 8), (4090, 20), (65535, 70000), (8, 4096), (299_999, 1)] {
            let from = start + UInt64(first)
            #expect(try read(memory, from..<from + UInt64(count)) == Array(whole[first..<first + count]))
        }
    }

    @Test("the first words of a page are these, for ever")
    func golden() {
        var bytes = [UInt8](repeating: 0, count: 16)
        bytes.withUnsafeMutableBytes { SeededWords.fill($0, at: 0x2000_0000, seed: 7) }
        #expect(
            bytes == [166, 101, 221, 204, 43, 79, 13, 55, 187, 225, 39, 76, 229, 200, 68, 213]
        )
    }

    @Test("what is told as data holds all that is not zero, and whole blocks of zeros are not told")
    func holes() throws {
        var position: UInt64 = 0
        let end: UInt64 = 32 << 20
        var zeros: UInt64 = 0
        while position < end {
            let run = try #require(memory.data(from: position))
            #expect(run.lowerBound >= position && !run.isEmpty)
            let hole = position..<min(run.lowerBound, end)
            #expect(try read(memory, hole).allSatisfy { $0 == 0 })
            zeros += UInt64(hole.count)
            position = run.upperBound
            let sample = run.lowerBound..<min(run.lowerBound + 8, run.upperBound)
            #expect(try !read(memory, sample).allSatisfy { $0 == 0 })
        }
        #expect(zeros > end * 45 / 100 && zeros < end * 65 / 100)
        #expect(memory.data(from: 1 << 40) == nil)
    }

    @Test("another seed gives other bytes")
    func seeds() throws {
        var other = memory
        other = FilledMemory(
            MemoryFill(seed: 8, shares: memory.fill.shares),
            KernelLayout(.linux72, .little, pageSize: 4096),
            end: 1 << 40
        )
        let range: Range<UInt64> = 0x100_0000..<0x200_0000
        #expect(try read(memory, range) != read(other, range))
    }

    @Test("a fill is written as it is read, and mistakes are told")
    func text() throws {
        for text in [
            "seed:7", "seed:18446744073709551615", "seed:1,zero=30,cache=0,private=1,user=40,slab=2,free=20",
        ] {
            #expect(try MemoryFill(parsing: text).description == text)
        }
        #expect(try MemoryFill(parsing: "seed:1,zero=30").shares[.kernel] == 70)
        for wrong in [
            "", "7", "seed:", "seed:x", "seed:1,zero", "seed:1,zero=101", "seed:1,kernel=3",
            "seed:1,zero=60,free=50",
            "seed:1,zero=1,zero=2", "seed:1,",
        ] {
            #expect(throws: MemoryFill.Failure.self) { try MemoryFill(parsing: wrong) }
        }
    }
}
