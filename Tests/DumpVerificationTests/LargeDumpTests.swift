import CrashTruth
import DumpFormats
import DumpVerification
import Machine
import PhysicalMemory
import Testing

@Suite("Large dumps")
struct LargeDumpTests {
    private func tebibyte() throws -> Bench {
        try Bench { $0.memory = MemoryMap(size: 1 << 40) }
    }

    @Test("a machine of 1 TiB is verified over windows")
    func windows() throws {
        var bench = try tebibyte()
        bench.dump.write([7], at: try bench.offset(0x80_0000_1234))
        var request = Verification.Request()
        request.window = AddressRange(0x80_0000_0000, upTo: 0x80_0100_0000)
        let found = try bench.verify(request)
        #expect(found.pages.total == 256)
        #expect(found.damage.ranges.map(\.range) == [AddressRange(0x80_0000_0000, upTo: 0x80_0001_0000)])
        request.window = AddressRange(0x90_0000_0010, upTo: 0x90_0100_0000)
        let sound = try bench.verify(request)
        #expect(sound.isSound)
        #expect(sound.pages[.right] == 256)
        #expect(sound.bands.range == AddressRange(0x90_0000_0000, upTo: 0x90_0100_0000))
    }

    @Test("the truth of 1 TiB is small, and so is what is kept of a dump full of damage")
    func small() throws {
        let bench = try tebibyte()
        #expect(bench.truth.size < 4 << 20)
        #expect(try Hashes.file(of: bench.truth).size < 1 << 16)
    }

    @Test("1 TiB that follows from a seed is made up again, page by page, and not kept")
    func filled() throws {
        var bench = try Bench {
            $0.memory = MemoryMap(size: 1 << 40)
            try $0.set(.fill, to: "seed:7", from: .option("fill"))
        }
        #expect(bench.truth.size < 8 << 20)
        var request = Verification.Request()
        request.window = AddressRange(0x80_0000_0000, upTo: 0x80_0080_0000)
        let sound = try bench.verify(request)
        #expect(sound.isSound, "\(sound.damage)")
        #expect(sound.pages[.right] == 128)
        let place = try bench.offset(0x80_0000_1234)
        let byte = try bench.core.image.read(at: place, count: 1)[0]
        bench.dump.write([byte ^ 1], at: place)
        let found = try bench.verify(request)
        #expect(found.damage.ranges.map(\.range) == [AddressRange(0x80_0000_0000, upTo: 0x80_0001_0000)])
        #expect(found.damage.ranges.first?.detail == "differs from byte 4660 on, in 1 bit")
    }

    @Test("the truth of memory that follows from a seed is as small at 64 TiB as at 1 GiB")
    func filledTruth() throws {
        let sizes = try [UInt64(1 << 30), 64 << 40].map { size in
            let bench = try Bench {
                $0.memory = MemoryMap(size: size)
                try $0.set(.fill, to: "seed:7", from: .option("fill"))
            }
            return try TruthReader(bench.truth, makers: TruthSettings.background).truth.runs.count
        }
        #expect(sizes[1] <= 2 * sizes[0], "runs of memory: \(sizes)")
    }

    @Test("a verification can be stopped, and says how far it is")
    func stopping() throws {
        let bench = try Bench()
        var seen: UInt64 = 0
        do {
            var verification = Verification(
                of: try DumpReader([bench.dump]),
                against: try TruthReader(bench.truth, makers: TruthSettings.background)
            )
            #expect(verification.total > 400 << 20)
            _ = try verification.run {
                seen += $0
                return seen < 64 << 20
            }
            Issue.record("went on to the end")
        } catch is Verification.Stopped {}
        #expect(seen >= 64 << 20)
        #expect(seen < 66 << 20)
    }

    @Test("a truth goes with its dump")
    func gone() throws {
        let bench = try Bench()
        let handle = try #require(bench.machine.truth)
        #expect(!handle.isReleased)
        bench.machine.store(.fadumpReleaseMemory, Array("1".utf8), boot: 2, Unheard())
        #expect(bench.machine.truth == nil)
        #expect(handle.isReleased)
    }
}
