import DumpFormats
import DumpVerification
import Glibc
import Machine
import PhysicalMemory
import Presentation
import SystemPackage
import Testing

@testable import FadumpCommands

@Suite("What verify and truth say")
struct VerificationReportTests {
    /// A dump of a machine in a file, with bytes put over it, and what verification makes of it.
    private func report(_ damage: [(UInt64, [UInt8])] = [], window: AddressRange? = nil) throws
        -> VerificationReport
    {
        let sample = try SampleMachine([(.memory, "768M")])
        sample.register()
        sample.control("crash")
        let core = try #require(sample.machine.vmcore).core
        let truth = try #require(sample.machine.truth).file()
        let dump = try TemporaryFile(core.image, upTo: 0x1200_0000)
        for (offset, bytes) in damage { try dump.write(bytes, at: offset) }
        let kept = try TemporaryFile(truth, upTo: truth.size)
        var request = Verification.Request()
        request.window = window
        request.bands = 128
        var verification = Verification(
            of: try DumpReader(opening: [dump.path.string]),
            against: try TruthReader(FileBytes(opening: kept.path.string)),
            request
        )
        return VerificationReport(
            try verification.run(),
            dump: ["/tmp/dump"],
            truth: "/tmp/truth",
            listed: 20
        )
    }

    @Test("text and JSON of a sound dump and of a damaged one agree")
    func agreement() throws {
        let window = AddressRange(0x400_0000, upTo: 0x800_0000)
        let sound = try report(window: window)
        #expect(sound.verdict == .sound)
        #expect(try Agreement(sound).complaints == [])
        // A register of the first note, VMCOREINFO and a page; the file ends early, too.
        let damaged = try report([(0x200, [1, 2, 3, 4]), (0x4f0, Array("OSR".utf8)), (0x700_0000, [9])])
        #expect(damaged.verdict == .damaged)
        #expect(damaged.pages.wrong == 1)
        #expect(damaged.pages.unreadable > 0)
        #expect(try Agreement(damaged).complaints == [])
        let kept = TruthReport(
            file: "/tmp/truth",
            size: 12,
            machine: "power",
            crashedBoot: 1,
            memory: 1 << 40,
            stored: 1 << 20,
            payload: "hashes",
            pages: [.init(use: "free", pages: 12), .init(use: "slab", pages: 3)]
        )
        #expect(try Agreement(kept).complaints == [])
    }

    @Test("a picture shows the worst of each band")
    func picture() throws {
        let damaged = try report([(0x700_0000, [9])])
        #expect(damaged.drawing.bands.first == .right)
        #expect(damaged.drawing.bands.last == .corrupt)
        #expect(damaged.picture.count > 2)
        var page = Page(width: 100)
        damaged.drawing.show(on: &page)
        #expect(page.lines.allSatisfy { $0.width <= 100 })
    }
}

/// A file that goes with its value.
private final class TemporaryFile {
    let path: FilePath
    private let file: FileDescriptor

    /// The first `count` bytes of an image.
    init(_ image: MemoryImage, upTo count: UInt64) throws {
        var template = Array("/tmp/fadumpfs-verify.XXXXXX".utf8CString)
        let raw = mkstemp(&template)
        guard raw >= 0 else { throw Errno(rawValue: errno) }
        path = FilePath(platformString: template)
        file = FileDescriptor(rawValue: raw)
        ftruncate(raw, off_t(min(count, image.size)))
        var position = image.nextData(from: 0) ?? count
        while position < count {
            let bytes = try image.read(at: position, count: Int(min(1 << 20, count - position)))
            try write(bytes, at: position)
            position = image.nextData(from: position + UInt64(bytes.count)) ?? count
        }
    }

    deinit {
        try? file.close()
        unlink(path.string)
    }

    func write(_ bytes: [UInt8], at offset: UInt64) throws {
        _ = try file.writeAll(toAbsoluteOffset: Int64(offset), bytes)
    }
}
