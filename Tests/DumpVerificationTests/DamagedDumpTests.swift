import BinaryCodec
import CoreFile
import DumpFormats
import DumpVerification
import FadumpKernel
import KernelProfile
import Machine
import PhysicalMemory
import Testing

@Suite("Planted damage is found and named")
struct DamagedDumpTests {
    @Test("a flipped bit: the page, the byte, the number of bits")
    func flippedBit() throws {
        var bench = try Bench()
        let address: UInt64 = 0x1001_0000
        let byte = try bench.page(address)[0x123]
        bench.dump.write([byte ^ 0x10], at: try bench.offset(address) + 0x123)
        let result = try bench.verify()
        #expect(!result.isSound)
        #expect(result.pages[.wrong] == 1)
        let found = try #require(result.damage.ranges.first)
        #expect(found.range == AddressRange(0x1001_0000, upTo: 0x1002_0000))
        #expect(found.detail == "differs from byte 291 on, in 1 bit")

        let hashed = try bench.verify(against: Hashes.file(of: bench.truth))
        #expect(hashed.damage.ranges.map(\.range) == [found.range])
        #expect(hashed.damage.ranges.first?.detail == "differs from its hash")
    }

    @Test("memory that nobody wrote to, but is no zeros in the dump")
    func invented() throws {
        var bench = try Bench()
        bench.dump.write([1], at: try bench.offset(0x1c00_0000))
        let result = try bench.verify()
        #expect(result.damage.ranges.map(\.range) == [AddressRange(0x1c00_0000, upTo: 0x1c01_0000)])
        #expect(result.damage.ranges.first?.detail == "differs from byte 0 on, in 1 bit")
    }

    @Test("a page that became zeros")
    func zeroed() throws {
        var bench = try Bench()
        bench.dump.write([UInt8](repeating: 0, count: 65536), at: try bench.offset(0x1800_0000))
        let result = try bench.verify()
        #expect(result.damage.ranges.map(\.detail) == ["zeros, which it was not"])
        #expect(result.misplaced.isEmpty)
    }

    @Test("swapped and misplaced pages, with where they belong", arguments: [false, true])
    func swapped(_ usesHashes: Bool) throws {
        var bench = try Bench()
        let (a, b, c): (UInt64, UInt64, UInt64) = (0x1000_0000, 0x1800_0000, 0x1002_0000)
        bench.dump.write(try bench.page(b), at: try bench.offset(a))
        bench.dump.write(try bench.page(a), at: try bench.offset(b))
        bench.dump.write(try bench.page(0x1001_0000), at: try bench.offset(c))
        let result = try bench.verify(against: usesHashes ? Hashes.file(of: bench.truth) : bench.truth)
        #expect(result.pages[.wrong] == 3)
        #expect(
            result.misplaced == [
                MisplacedPage(address: PhysicalAddress(a), belongs: PhysicalAddress(b), isSwapped: true),
                MisplacedPage(address: PhysicalAddress(c), belongs: 0x1001_0000),
                MisplacedPage(address: PhysicalAddress(b), belongs: PhysicalAddress(a), isSwapped: true),
            ]
        )
    }

    @Test("dropped pages: missing at level 0, and at others those that the level does not allow")
    func dropped() throws {
        var bench = try Bench()
        // The last segment keeps its size in memory, but loses its last 16 MiB in the file.
        let index = try #require(bench.core.programHeaders.lastIndex { $0.type == .load })
        let header = bench.core.programHeaders[index]
        var writer = BinaryWriter(bench.core.header.endianness)
        writer.put(header.fileSize - 16 << 20)
        let entry = bench.core.header.programHeaderOffset + UInt64(index * ProgramHeader.byteCount)
        bench.dump.write(writer.bytes, at: entry + 32)
        let strict = try bench.verify()
        #expect(strict.pages[.missing] == 256)
        #expect(strict.missing.values.reduce(0, +) == 256)
        #expect(strict.level.origin == .unknown)
        let (zero, kernel) = (strict.missing[.zero] ?? 0, strict.missing[.kernel] ?? 0)
        let slab = strict.missing[.slab] ?? 0
        #expect(zero > 0 && kernel > 0 && slab > 0)

        var request = Verification.Request()
        request.level = 1
        let thin = try bench.verify(request)
        #expect(thin.level.origin == .given)
        // Pages that are zeros may be missing, whatever they were for.
        #expect(thin.pages[.filtered] >= zero)
        #expect(Set(thin.filtered.keys) == [.zero])
        #expect(thin.pages[.filtered] + thin.pages[.missing] == 256)
        request.level = 31
        let filtered = try bench.verify(request)
        #expect(!filtered.isSound)
        #expect(Set(filtered.missing.keys).isSubset(of: [.kernel, .slab]))
        #expect(filtered.pages[.filtered] + filtered.pages[.missing] == 256)
    }

    @Test("a file that ends early: where, and everything behind")
    func truncated() throws {
        var bench = try Bench()
        let cut: UInt64 = 0x1801_0000
        bench.dump.size = try bench.offset(cut) + 100
        let result = try bench.verify()
        let last = try #require(bench.core.programHeaders.last { $0.type == .load })
        let end = last.physicalAddress + last.fileSize
        #expect(result.pages[.unreadable] == (end - cut) / 65536)
        #expect(
            result.damage.ranges.map(\.range) == [
                AddressRange(PhysicalAddress(cut), upTo: PhysicalAddress(end))
            ]
        )
        let problem = try #require(result.problems.first)
        #expect(result.problems.count == 1)
        #expect(problem.contains("memory at 0x18010000"), "\(problem)")
        #expect(problem.contains("offset \(bench.dump.size - 100)"), "\(problem)")
    }

    @Test("a wrong register: the CPU, its name and both values")
    func register() throws {
        var bench = try Bench()
        let notes = try #require(bench.core.programHeaders.first { $0.type == .note })
        // The second CPU's r5: behind the first note, the second one's head and name, and five registers.
        let place = notes.offset + 524 + 12 + 8 + 112 + 5 * 8
        bench.dump.write([0, 0, 0, 0, 0, 0, 0xab, 0xcd], at: place)
        let result = try bench.verify()
        #expect(!result.isSound)
        #expect(result.pages.damaged == 0)
        #expect(result.cpus.map(\.state) == [.right, .wrong])
        let cpu = try #require(result.cpus.last)
        #expect(cpu.id == 1)
        #expect(cpu.registers.map(\.name) == ["gpr5"])
        #expect(cpu.registers.first?.dump == 0xabcd)
        #expect(cpu.registers.first?.truth != 0xabcd)
    }

    @Test("wrong VMCOREINFO and release")
    func vmcoreinfo() throws {
        var bench = try Bench { $0.kernel = .linux34 }
        let text = try #require(bench.core.notes.lazy.compactMap(VMCoreInfo.init).first).text
        let head = try bench.core.image.read(at: 0, count: 1 << 16)
        let wanted = Array(text.utf8)
        let place = try #require(
            (0..<head.count - wanted.count).first { head[$0..<($0 + wanted.count)] == wanted[...] }
        )
        bench.dump.write(Array("OSRELEASE=3.5".utf8), at: UInt64(place))
        let result = try bench.verify()
        #expect(result.lines.map(\.key) == ["OSRELEASE"])
        #expect(result.lines.first?.dump?.hasPrefix("3.5") == true)
        #expect(result.facts.filter { !$0.isRight }.map(\.what) == ["release"])
        #expect(!result.isSound)
    }
}
