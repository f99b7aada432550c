import DumpFormats
import DumpVerification
import FadumpKernel
import KernelProfile
import Machine
import PhysicalMemory
import Testing

@Suite("An undamaged dump passes")
struct SoundDumpTests {
    @Test(
        "of every kernel, in every byte order",
        arguments: KernelProfile.all.flatMap { profile in
            profile.endiannesses.map { (profile.name, $0.rawValue) }
        }
    )
    func kernels(_ kernel: String, _ endian: String) throws {
        let bench = try Bench {
            try $0.set(.kernel, to: kernel, from: .option("kernel"))
            try $0.set(.endianness, to: endian, from: .option("endian"))
        }
        let result = try bench.verify(Self.lowMemory)
        #expect(result.isSound, "\(result.facts) \(result.cpus) \(result.lines) \(result.damage.ranges)")
        #expect(result.pages.total == result.pages[.right])
        #expect(result.pages[.right] > 4000)
        // Linux 5.4 to 5.9 stop the other CPUs before they panic.
        #expect(Set(result.cpus.map(\.state)) == [.right])
        #expect(result.cpus.contains { $0.isCrashing })
        #expect(result.superfluous == 0)
    }

    @Test(
        "of every kind of crash, and of the bare machine",
        arguments: ["crash", "crash panic", "crash oops", "crash system-reset", "crash hmc"]
    )
    func crashes(_ command: String) throws {
        let result = try Bench(crash: command).verify()
        #expect(result.isSound, "\(result)")
        #expect(result.cpus.contains { $0.isCrashing } == (command != "crash hmc"))
        let bare = try Bench(crash: command) {
            try $0.set(.platform, to: "powernv", from: .option("platform"))
            try $0.set(.kernel, to: "linux-7.2", from: .option("kernel"))
            $0.memory = MemoryMap(size: 4 << 30)
        }.verify(Self.lowMemory)
        #expect(bare.isSound, "\(bare)")
    }

    private static let lowMemory: Verification.Request = {
        var request = Verification.Request()
        request.window = AddressRange(0, upTo: 0x1400_0000)
        return request
    }()

    @Test("against hashes as well, at any page size")
    func hashes() throws {
        for pageSize in ["64K", "4K"] {
            let bench = try Bench { try $0.set(.pageSize, to: pageSize, from: .option("page-size")) }
            let hashed = try Hashes.file(of: bench.truth)
            #expect(hashed.size < 1 << 16, "\(hashed.size)")
            let result = try bench.verify(against: hashed)
            #expect(result.isSound, "\(result.damage)")
            let whole = try bench.verify()
            #expect(result.pages == whole.pages)
        }
    }
}

/// A truth with hashes instead of bytes.
enum Hashes {
    static func file(of truth: any DumpBytes) throws -> PlannedFile {
        var bytes: [UInt8] = []
        try HashedTruth(of: TruthReader(truth, makers: TruthSettings.background)).write { bytes += $0 }
        var image = MemoryImage()
        image.append(bytes)
        return PlannedFile(image)
    }
}
