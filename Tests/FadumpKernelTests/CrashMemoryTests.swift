import CoreFile
import FadumpKernel
import KernelProfile
import PhysicalMemory
import Testing

/// How the memory of machines with several ranges is listed; from the sources of the kernels, not recorded.
@Suite("Memory in ranges")
struct CrashMemoryTests {
    private let megabyte: UInt64 = 1 << 20

    /// Starts and sizes in MiB of what a dump of `ranges` (starts and ends in MiB) lists; nil for a blank header.
    private func listed(
        _ profile: KernelProfile,
        _ ranges: [(UInt64, UInt64)],
        _ commandLine: String = "fadump=on crashkernel=512M"
    ) throws -> [[UInt64]] {
        var machine = CrashedMachine(profile: profile, commandLine: commandLine)
        machine.memory = try MemoryMap(
            ranges.map {
                AddressRange(PhysicalAddress($0.0 * megabyte), upTo: PhysicalAddress($0.1 * megabyte))
            }
        )
        machine.realModeArea = 256 << 20
        let core = try #require(try machine.captured().kernel.vmcore)
        return core.programHeaders.dropFirst().map { header in
            header.type == .load ? [header.physicalAddress / megabyte, header.fileSize / megabyte] : []
        }
    }

    private let nodes: [(UInt64, UInt64)] = [(0, 1024), (1024, 1280), (1280, 2048)]

    @Test(
        "ranges above the area that touch are one from 4.19 to 6.1",
        arguments: [
            (KernelProfile.linux414, [[0, 512], [1024, 255], [1280, 768]]),
            (.linux419, [[0, 512], [1024, 1023]]), (.linux54, [[0, 512], [1024, 1023]]),
            (.linux61, [[0, 512], [1024, 1023]]), (.linux612, [[0, 512], [], [1024, 255], [1280, 768]]),
        ]
    )
    func touching(profile: KernelProfile, segments: [[UInt64]]) throws {
        #expect(try listed(profile, nodes) == segments)
    }

    @Test("since 6.10 a range that the area takes whole leaves an empty program header")
    func blank() throws {
        let ranges: [(UInt64, UInt64)] = [(0, 512), (512, 1024), (1024, 2048)]
        #expect(try listed(.linux612, ranges) == [[0, 512], [], [1024, 1023]])
        #expect(try listed(.linux61, ranges) == [[0, 512], [1024, 1023]])
    }

    @Test("holes stay out; the capture kernel tells each range that it holds since 4.19")
    func holes() throws {
        let ranges: [(UInt64, UInt64)] = [(0, 1536), (2048, 2560)]
        for profile in [KernelProfile.linux414, .linux419, .linux61, .linux72] {
            #expect(
                try listed(profile, ranges) == [[0, 512], [1024, 511], [2048, 512]],
                "\(profile.name)"
            )
        }
        var machine = CrashedMachine(profile: .linux72, commandLine: "fadump=on crashkernel=512M")
        machine.memory = try MemoryMap(
            ranges.map {
                AddressRange(PhysicalAddress($0.0 * megabyte), upTo: PhysicalAddress($0.1 * megabyte))
            }
        )
        var bench = try machine.captured()
        let held = bench.log.filter { $0.contains("Reserving") }
        #expect(
            held == [
                "fadump: Reserving 1024MB of memory at 0x00000020000000 for preserving crash data",
                "fadump: Reserving 512MB of memory at 0x00000080000000 for preserving crash data",
            ]
        )
        _ = bench.write(.fadumpReleaseMemory, "1")
        #expect(
            bench.log.suffix(2) == [
                "fadump: freeing reserved memory (0x40010000 - 0x60000000)",
                "fadump: freeing reserved memory (0x80000000 - 0xa0000000)",
            ]
        )
    }

    @Test("4.14 and 4.19 skip the first page of a range that follows another when they free memory")
    func skippedPage() throws {
        for (profile, second) in [(KernelProfile.linux419, "0x50010000"), (.linux54, "0x50000000")] {
            var machine = CrashedMachine(profile: profile, commandLine: "fadump=on crashkernel=512M")
            machine.memory = try MemoryMap(
                nodes.map {
                    AddressRange(PhysicalAddress($0.0 * megabyte), upTo: PhysicalAddress($0.1 * megabyte))
                }
            )
            var bench = try machine.captured()
            _ = bench.write(.fadumpReleaseMemory, "1")
            #expect(
                bench.log.suffix(2) == [
                    "fadump: freeing reserved memory (0x40010000 - 0x50000000)",
                    "fadump: freeing reserved memory (\(second) - 0x80000000)",
                ]
            )
        }
    }

    @Test("3.4 and 4.4 list twice what lies below the end of boot memory and does not begin it")
    func repeated() throws {
        let ranges: [(UInt64, UInt64)] = [(0, 128), (128, 256), (256, 2048)]
        for profile in [KernelProfile.linux34, .linux44] {
            let segments = try listed(profile, ranges, "fadump=on")
            #expect(segments == [[0, 320], [0, 128], [128, 128], [256, 1471]], "\(profile.name)")
        }
    }

    @Test(
        "program headers are counted in 16 bits: of 65,700 ranges the dump has what is left beyond 65536",
        arguments: [KernelProfile.linux61, .linux612]
    )
    func uncounted(profile: KernelProfile) throws {
        let small = (0..<65_700).map { (2048 + 2 * UInt64($0), 2049 + 2 * UInt64($0)) }
        // Boot memory, what is left behind the area, and the others; two headers are of notes.
        let segments = try listed(profile, [(0, 2047)] + small)
        #expect(segments.count == (2 + 2 + small.count) % 65536 - 2)
        #expect(segments.first == [0, 512])
        #expect(segments.dropFirst(2).first == [2048, 1])
        #expect(segments.last == [2048 + 2 * UInt64(segments.count - 3), 1])
    }
}
