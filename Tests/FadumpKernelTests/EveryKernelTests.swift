import BinaryCodec
import CoreFile
import FadumpKernel
import KernelProfile
import PhysicalMemory
import Testing

/// A kernel as it can be built and run.
private struct Variant: Sendable, CustomTestStringConvertible {
    var profile: KernelProfile
    var endianness: Endianness
    var pageSize: UInt64
    var mmu: MMU
    var testDescription: String {
        "\(profile.name), \(endianness.rawValue), \(pageSize >> 10)K, \(mmu.rawValue)"
    }

    static let all = KernelProfile.all.flatMap { profile in
        profile.endiannesses.flatMap { endianness in
            [4, 64].flatMap { pages in
                MMU.allCases.map { mmu in
                    Variant(profile: profile, endianness: endianness, pageSize: pages << 10, mmu: mmu)
                }
            }
        }
    }

    func booted(_ memory: MemoryMap, faults: String = "") throws -> Bench {
        try Bench(
            profile,
            memory: memory,
            faults: faults,
            maximumCPUs: 4,
            cpus: [0, 1, 2],
            pageSize: pageSize,
            mmu: mmu,
            endianness: endianness
        )
    }
}

@Suite("Every kernel, in every byte order, page size and MMU")
struct EveryKernelTests {
    @Test(
        "registers, crashes, offers a sound core file, releases it, and can do it again",
        arguments: Variant.all
    )
    fileprivate func round(variant: Variant) throws {
        var bench = try variant.booted(MemoryMap(size: 4 << 30))
        for _ in 0..<2 {
            if bench.show(.fadumpRegistered) == "0\n" {
                #expect(try bench.write(.fadumpRegistered, "1")?.get() == 1)
            }
            try bench.crash()
            let core = try #require(bench.kernel.vmcore)
            #expect(core.header.endianness == variant.endianness)
            let again = try CoreFileReader { offset, count in try core.image.read(at: offset, count: count) }
            #expect(again.programHeaders == core.programHeaders)
            #expect(try again.cpus().count >= 1)
            #expect(bench.show(.fadumpRegistered) == "0\n")
            #expect(try bench.write(.fadumpReleaseMemory, "1")?.get() == 1)
            #expect(bench.kernel.vmcore == nil)
        }
    }

    @Test("what boot memory held is in the dump, and so is the memory behind a hole", arguments: Variant.all)
    fileprivate func contents(variant: Variant) throws {
        let map = try MemoryMap([
            AddressRange(0, upTo: PhysicalAddress(2 << 30)),
            AddressRange(PhysicalAddress(3 << 30), upTo: PhysicalAddress(4 << 30)),
        ])
        var bench = try variant.booted(map)
        let places: [UInt64] = [0x1_0123, 0x800_0000, 0x7000_0ff0, 0xc000_0000, 0xc800_0000]
        for place in places { try bench.hardware.ram.write(Array("found".utf8), at: PhysicalAddress(place)) }
        _ = bench.write(.fadumpRegistered, "1")
        try bench.crash()
        let core = try #require(bench.kernel.vmcore)
        for place in places {
            let segment = core.programHeaders.first {
                $0.type == .load && $0.physicalAddress <= place && place < $0.physicalAddress + $0.fileSize
            }
            let offset = try #require(segment.map { $0.offset + place - $0.physicalAddress })
            #expect(try core.image.read(at: offset, count: 5) == Array("found".utf8), "\(place)")
        }
    }
}

@Suite("A capture boot with fadump off")
struct UnwantedDumpTests {
    @Test(
        "offers no dump, has the release file from 5.6 on, and its reboot throws the dump away",
        arguments: KernelProfile.all
    )
    func unwanted(profile: KernelProfile) throws {
        var bench = try Bench(profile, memory: MemoryMap(size: 4 << 30))
        _ = bench.write(.fadumpRegistered, "1")
        bench.options.commandLine = "fadump=off"
        try bench.crash()
        #expect(bench.kernel.vmcore == nil && bench.kernel.reservedArea == nil)
        #expect(bench.kernel.exists(.fadumpReleaseMemory) == (profile.interface.releaseFile == .anyDump))
        #expect(bench.write(.fadumpReleaseMemory, "1") == .failure(.notPermitted))
        #expect(bench.hardware.firmware.waitingDump != nil)
        _ = try bench.kernel.reboot(on: &bench.hardware)
        #expect(bench.hardware.firmware.waitingDump == nil)
    }
}
