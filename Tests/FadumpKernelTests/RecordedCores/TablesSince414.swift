import FadumpKernel
import KernelProfile
import PhysicalMemory

extension RecordedTable {
    /// 4.14 to 6.1 with 512 MiB of boot memory.
    static func before612() throws -> [RecordedTable] {
        func table(
            _ profile: KernelProfile,
            _ vmcoreinfo: Int,
            crash: CrashKind = .sysrq,
            notes: UInt64
        ) -> RecordedTable {
            var machine = CrashedMachine(profile: profile, commandLine: "fadump=on crashkernel=512M")
            machine.vmcoreinfo = vmcoreinfo
            machine.crash = crash
            let segments: [(UInt64, UInt64, UInt64)] = [
                (0x2_0a00, 0, 0x2000_0000), (0x2003_0000, 0x4001_0000, 0x3fff_0000),
            ]
            return RecordedTable(machine, notes: notes, segments, size: 1_610_743_808)
        }
        // Less boot memory than the first node has: the rest of memory is one segment, nothing is there twice.
        var nodes = CrashedMachine(profile: .linux419)
        nodes.memory = try CrashedMachine.nodes(2 << 30)
        nodes.realModeArea = 256 << 20
        let rest: [(UInt64, UInt64, UInt64)] = [
            (0x2_0a00, 0, 0x1400_0000), (0x1403_0000, 0x2801_0000, 0x57ff_0000),
        ]
        var nodes414 = nodes
        nodes414.profile = .linux414
        // Fewer CPUs than firmware has room for: taken as it is.
        var room = CrashedMachine(profile: .linux419, commandLine: "fadump=on crashkernel=512M")
        room.maximumCPUs = 8
        room.vmcoreinfo = 2045
        let behind: [(UInt64, UInt64, UInt64)] = [
            (0x2_27a0, 0, 0x2000_0000), (0x2003_0000, 0x4001_0000, 0x3fff_0000),
        ]
        return [
            table(.linux414, 2024, notes: 0xc18),
            table(.linux419, 2045, notes: 0xc30),
            table(.linux419, 2045, crash: .panic, notes: 0xc30),
            table(.linux54, 2045, notes: 0xa24),
            table(.linux510, 3001, notes: 0xfec),
            RecordedTable(nodes, notes: nil, rest), RecordedTable(nodes414, notes: nil, rest),
            RecordedTable(room, notes: 0xc30, behind),
        ]
    }

    /// 6.12 and 7.2: the rest of memory begins where the area ends, which is no page.
    static func since612() throws -> [RecordedTable] {
        func machine(_ profile: KernelProfile, cpus: Int = 2, _ commandLine: String) -> CrashedMachine {
            var machine = CrashedMachine(profile: profile, commandLine: commandLine, cpus: cpus)
            machine.vmcoreinfo = profile.name == KernelProfile.linux612.name ? 3508 : 3458
            return machine
        }
        let sized = "fadump=on crashkernel=512M"
        let segments: [(UInt64, UInt64, UInt64)] = [
            (0x2_0000, 0, 0x2000_0000), (0x2002_02a8, 0x4001_02a8, 0x3ffe_fd58),
        ]
        let size: UInt64 = 1_610_678_272
        var small = machine(.linux72, sized)
        small.pageSize = 4 << 10
        var large = machine(.linux72, "fadump=on")
        large.memory = MemoryMap(size: 3 << 30)
        return [
            RecordedTable(machine(.linux612, sized), notes: 0x11e4, segments, size: size),
            RecordedTable(machine(.linux72, sized), notes: 0x11b4, segments, size: size),
            RecordedTable(machine(.linux72, cpus: 1, sized), notes: 0xfa8, segments, size: size),
            RecordedTable(machine(.linux72, cpus: 4, sized), notes: 0x15cc, segments, size: size),
            RecordedTable(
                small,
                notes: 0x11b4,
                [(0x3000, 0, 0x2000_0000), (0x2000_32a8, 0x4000_12a8, 0x3fff_ed58)],
                size: 1_610_620_928
            ),
            RecordedTable(
                large,
                notes: 0x11b4,
                [(0x2_0000, 0, 0x1400_0000), (0x1402_02a8, 0x2801_02a8, 0x97fe_fd58)]
            ),
        ]
    }
}
