import BinaryCodec
import CoreFile
import Testing

@testable import DumpFormats

@Suite("Hostile files")
struct HostileFileTests {
    private static func kdump(_ endianness: Endianness) throws -> KdumpBuilder {
        var builder = try KdumpBuilder([
            .stored(1), .filtered, .compressed(.lzo, [21, 1, 2, 3, 4, 0x4d, 0, 5, 0, 0, 0x11, 0, 0]),
            .noMemory,
            .compressed(.zlib, Packing.pack(Array(repeating: 3, count: 4096), .zlib)), .stored(4),
        ])
        builder.endianness = endianness
        builder.notes = [VMCoreInfo(text: "PAGESIZE=4096\n").note]
        return builder
    }

    private static func files() throws -> [(name: String, files: [[UInt8]])] {
        func part(_ frames: Range<Int>) throws -> [UInt8] {
            var builder = try kdump(.little)
            builder.split = frames
            return builder.bytes()
        }
        return try [
            ("ELF", [ELFDumpTests.core([(0, 0x2000, 0x4000, 1), (0x1000, 0x1000, 0x1000, 2)])]),
            ("kdump, little-endian", [kdump(.little).bytes()]),
            ("kdump, big-endian", [kdump(.big).bytes()]),
            ("flattened", [KdumpBuilder.flattened(kdump(.little).bytes(), pieces: 9)]),
            ("flattened ELF", [KdumpBuilder.flattened(ELFDumpTests.core([(0, 0x2000, 0x4000, 1)]))]),
            ("split", [part(0..<3), part(3..<6)]),
        ]
    }

    /// Opens and reads what there is; any error will do, a trap or an endless loop will not.
    private static func use(_ files: [[UInt8]]) throws -> Int {
        let reader = try DumpReader(files.map(TestBytes.init))
        _ = try? reader.description.cpus()
        var present = 0
        for frame in Array(0..<8) + [1 << 30, .max >> 13, .max] as [UInt64] {
            if let contents = try? reader.frame(frame).contents, contents == .present { present += 1 }
        }
        for address in [0, 0x1fff, 1 << 52, 1 << 63, .max - 1, .max] as [UInt64] {
            _ = try? reader.run(at: address)
            _ = try? reader.bytes(at: address, 5000)
        }
        return present
    }

    @Test("changed bytes are an error or another dump, never a trap", arguments: 0..<6)
    func mutated(_ kind: Int) throws {
        let (name, original) = try Self.files()[kind]
        #expect(try Self.use(original) > 0, "\(name)")
        var random = SplitMix64(state: UInt64(kind))
        for _ in 0..<400 {
            var files = original
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let file = Int.random(in: 0..<files.count, using: &random)
                // Where headers are, a byte weighs most.
                let fronts = [64, 470, 4200, files[file].count]
                let limit = min(fronts.randomElement(using: &random) ?? 1, files[file].count)
                let at = Int.random(in: max(0, limit - 500)..<limit, using: &random)
                files[file][at] =
                    Bool.random(using: &random) ? 0xff : UInt8.random(in: 0...255, using: &random)
            }
            _ = try? Self.use(files)
        }
    }

    @Test("cut off at any length they are an error with a place, or what is left is read", arguments: 0..<6)
    func truncated(_ kind: Int) throws {
        let (name, files) = try Self.files()[kind]
        var opened = 0
        for length in stride(from: 0, to: files[0].count, by: files[0].count > 3000 ? 41 : 1) {
            do {
                _ = try Self.use([Array(files[0][..<length])] + files[1...])
                opened += 1
            } catch let error as DumpFailure {
                guard case .malformed(_, let file) = error else {
                    if case .unsuitable = error, length < 8 { continue }
                    Issue.record("\(name), \(length): \(error)")
                    continue
                }
                #expect(file.hasPrefix("test"))
            }
        }
        #expect(opened < files[0].count)
    }
}

/// A small generator with a seed, so that a failure can be had again.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
