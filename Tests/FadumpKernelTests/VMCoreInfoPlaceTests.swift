import CoreFile
import FadumpKernel
import KernelProfile
import PhysicalMemory
import Testing

@Suite("Where VMCOREINFO is")
struct VMCoreInfoPlaceTests {
    @Test(
        "/sys/kernel/vmcoreinfo says what was recorded from a machine of 2 GiB",
        arguments: [
            (KernelProfile.linux34, "7653d8 1000\n"), (.linux44, "6dd7b8 1024\n"),
            (.linux414, "0x000000007e920000 10024\n"), (.linux419, "0x000000007e9a0000 10024\n"),
            (.linux54, "0x000000007e5e0000 10024\n"), (.linux510, "0x0000000005680000 10024\n"),
            (.linux61, "0x0000000002720000 10024\n"), (.linux72, "0x0000000002700000 10024\n"),
        ]
    )
    func recorded(profile: KernelProfile, text: String) throws {
        let bench = try Bench(profile, commandLine: "fadump=on crashkernel=512M", dialect: .qemu)
        #expect(bench.show(.vmcoreinfo) == text)
    }

    @Test("with pages of 4 KiB there is less room for its text")
    func smallPages() throws {
        let bench = try Bench(.linux72, dialect: .qemu, pageSize: 4 << 10)
        #expect(bench.show(.vmcoreinfo) == "0x0000000002700000 1024\n")
    }

    @Test(
        "it is memory, and not in the reserved area, whatever the machine is",
        arguments: KernelProfile.all,
        [128, 512, 1000, 1280, 2048, 2150, 3072, 65536] as [UInt64]
    )
    func inside(profile: KernelProfile, megabytes: UInt64) throws {
        for options in ["fadump=on", "fadump=on fadump_reserve_mem=40%M", "fadump=on mem=700M"] {
            let line = options.replacing("40%", with: String(megabytes * 2 / 5))
            let bench = try Bench(profile, memory: MemoryMap(size: megabytes << 20), commandLine: line)
            let start = PhysicalAddress(bench.kernel.vmcoreinfoAddress)
            let note = try #require(AddressRange(start: start, count: bench.kernel.vmcoreinfoSize))
            #expect(bench.kernel.memory.contains(note), "\(line)")
            let area = bench.kernel.reservedArea.flatMap {
                AddressRange(start: PhysicalAddress($0.start), count: $0.size)
            }
            // 3.4 lets its area overlap everything, its own image included.
            guard case .image = profile.image.vmcoreinfoPlace else {
                #expect(area.map { !$0.overlaps(note) } ?? true, "\(line)")
                continue
            }
        }
    }

    @Test(
        "it stays where it is when memory is released, and is found in the dump with the time of the crash",
        arguments: [KernelProfile.linux34, .linux44, .linux414, .linux419, .linux54, .linux61, .linux72],
        [1, 3, 8] as [UInt64]
    )
    func found(profile: KernelProfile, gigabytes: UInt64) throws {
        var machine = CrashedMachine(profile: profile, commandLine: "fadump=on crashkernel=400M")
        machine.memory = MemoryMap(size: gigabytes << 31)
        machine.realModeArea = 256 << 20
        machine.crash = .oops
        machine.vmcoreinfo = 1500
        var bench = try machine.captured()
        let core = try #require(bench.kernel.vmcore)
        let info = try #require(core.notes.lazy.compactMap(VMCoreInfo.init).first)
        #expect(info["CRASHTIME"] == "1795425832")
        let place = bench.show(.vmcoreinfo)
        #expect(bench.write(.fadumpReleaseMemory, "1") == .success(1))
        #expect(bench.show(.vmcoreinfo) == place)
    }
}
