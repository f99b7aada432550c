import FadumpKernel
import KernelProfile
import PhysicalMemory

extension RecordedTable {
    /// 3.4, 3.10 and 4.4 on memory nodes of 256 MiB and 1792 MiB.
    static func before414() throws -> [RecordedTable] {
        func machine(_ profile: KernelProfile, _ vmcoreinfo: Int) throws -> CrashedMachine {
            var machine = CrashedMachine(profile: profile)
            machine.memory = try CrashedMachine.nodes(2 << 30)
            machine.realModeArea = 256 << 20
            machine.vmcoreinfo = vmcoreinfo
            return machine
        }
        func packed(_ machine: CrashedMachine, cpus: Int, notes: UInt64, size: UInt64? = nil)
            -> RecordedTable
        {
            var machine = machine
            machine.cpus = cpus
            let first = 0x120 + notes
            return RecordedTable(
                machine,
                notes: notes,
                [
                    (first, 0, 0x1400_0000), (first + 0x1400_0000, 0, 0x1000_0000),
                    (first + 0x2400_0000, 0x1000_0000, 0x5bff_0000),
                ],
                size: size
            )
        }
        func aligned(cpus: Int, offset: UInt64) throws -> RecordedTable {
            var machine = try machine(.linux44, 1896)
            machine.cpus = cpus
            return RecordedTable(
                machine,
                notes: nil,
                [
                    (offset, 0, 0x1400_0000), (offset + 0x1401_0000, 0, 0x1000_0000),
                    (0x2404_0000, 0x1000_0000, 0x5bff_0000),
                ],
                size: 2_147_680_256
            )
        }
        let linux34 = try machine(.linux34, 1279)
        var initKilled = linux34
        initKilled.crash = .panic
        var initKilled44 = try machine(.linux44, 1896)
        initKilled44.crash = .panic
        var overlap = linux34
        overlap.memory = MemoryMap(size: 2 << 30)
        overlap.realModeArea = 1 << 30
        return try [
            packed(linux34, cpus: 2, notes: 0x930, size: 2_147_420_752),
            packed(linux34, cpus: 1, notes: 0x724),
            packed(linux34, cpus: 4, notes: 0xd48),
            packed(initKilled, cpus: 2, notes: 0x724),
            packed(machine(.linux310, 1534), cpus: 2, notes: 0xa30, size: 2_147_421_008),
            RecordedTable(overlap, notes: 0x930, [(0x9e0, 0, 0x4400_0000)]),
            aligned(cpus: 2, offset: 0x2_0a00), aligned(cpus: 1, offset: 0x2_0510),
            aligned(cpus: 4, offset: 0x2_13e0),
            RecordedTable(
                initKilled44,
                notes: 0x98c,
                [
                    (0x2_0a00, 0, 0x1400_0000), (0x1403_0a00, 0, 0x1000_0000),
                    (0x2404_0000, 0x1000_0000, 0x5bff_0000),
                ]
            ),
        ]
    }
}
