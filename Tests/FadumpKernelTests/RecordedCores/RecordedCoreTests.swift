import CoreFile
import FadumpKernel
import KernelProfile
import PhysicalMemory
import Testing

/// What a crash of the emulated machine leaves, held against what a crash of a real kernel left on a machine of that
/// shape under QEMU: every field of every header.
@Suite("Cores as recorded")
struct RecordedCoreTests {
    @Test("ELF header and program headers are the recorded bytes")
    func headers() throws {
        for recorded in try RecordedHeader.all() {
            let core = try #require(try recorded.machine.captured().kernel.vmcore, "\(recorded.name)")
            let bytes = recorded.bytes.split { $0 == " " || $0 == "\n" }.compactMap { UInt8($0, radix: 16) }
            #expect(try core.image.read(at: 0, count: bytes.count) == bytes, "\(recorded.name)")
        }
    }

    @Test("segments, notes and size are the recorded ones")
    func tables() throws {
        for recorded in try RecordedTable.all() { try compare(recorded) }
    }

    private func compare(_ recorded: RecordedTable) throws {
        let name: Comment = "\(recorded.testDescription)"
        let core = try #require(try recorded.machine.captured().kernel.vmcore, name)
        let notes = core.programHeaders[0]
        if let size = recorded.noteSize { #expect(notes.fileSize == size, name) }
        #expect(core.programHeaders.count == recorded.segments.count + 1, name)
        for (header, segment) in zip(core.programHeaders.dropFirst(), recorded.segments) {
            #expect(header.offset == segment.offset, name)
            #expect(header.physicalAddress == segment.physicalAddress, name)
            #expect(header.fileSize == segment.size, name)
            #expect(header.virtualAddress == segment.physicalAddress | 0xc000_0000_0000_0000, name)
        }
        if let size = recorded.size { #expect(core.size == size, name) }
    }

    @Test(
        "one note CORE for every CPU, 504 bytes of which the registers alone are filled in; VMCOREINFO comes last"
    )
    func notes() throws {
        for recorded in try RecordedHeader.all() {
            let bench = try recorded.machine.captured()
            let core = try #require(bench.kernel.vmcore)
            let cpus = core.notes.filter { $0.name == "CORE" }
            let profile = recorded.machine.profile
            let stopped = !profile.crash.sysrqCrashIsOops && profile.crash.panicLeavesOnlyCrashingCPU
            #expect(cpus.count == (stopped ? 1 : recorded.machine.cpus), "\(recorded.name)")
            #expect(cpus.allSatisfy { $0.type == 1 && $0.descriptor.count == 504 })
            #expect(cpus.allSatisfy { $0.descriptor.prefix(112).allSatisfy { $0 == 0 } })
            guard let length = recorded.machine.vmcoreinfo else { continue }
            let info = try #require(core.notes.last)
            #expect(info.name == "VMCOREINFO" && info.type == 0)
            #expect(info.descriptor.count == length, "\(recorded.name)")
        }
    }
}
