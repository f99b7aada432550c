import BinaryCodec
import PhysicalMemory
import PowerFirmware
import Testing

@Suite("OPAL: memory and registers outlive a crash")
struct PreservingMemoryTests {
    @Test("ranges show at their destinations, the next kernel gets fresh memory, all else stays")
    func memory() throws {
        var machine = try BareFirmware()
        try machine.ram.write([1, 2, 3], at: 0x10_0000)
        try machine.ram.write([4, 5, 6], at: 0x6000_0000)
        #expect(machine.add(0, 0x4000_0000, 0x1000_0000) == .success)
        machine.crash()
        #expect(try machine.ram.read(at: 0x4010_0000, count: 3) == [1, 2, 3])
        #expect(try machine.ram.read(at: 0x10_0000, count: 3) == [0, 0, 0])
        #expect(try machine.ram.read(at: 0x6000_0000, count: 3) == [4, 5, 6])
        #expect(machine.ram.isFrozen(AddressRange(0x6000_0000, upTo: 0x6000_0003)))
        #expect(!machine.ram.isFrozen(AddressRange(0, upTo: 0x1000_0000)))
    }

    @Test("OPAL's own memory is preserved too, and its tag says where")
    func own() throws {
        var machine = try BareFirmware()
        let own = machine.firmware.opalMemory.own
        try machine.ram.write([7, 8, 9], at: own.start &+ 0x1000)
        machine.crash()
        let description = try machine.description(.opal)
        #expect(description.crashingThread == ProcessorID.pir(ofCPU: 3))
        #expect(description.ranges.map(\.source) == [own.start.rawValue])
        #expect(description.ranges.map(\.size) == [own.count])
        let copy = try #require(description.ranges.first?.destination)
        #expect(try machine.ram.read(at: PhysicalAddress(copy + 0x1000), count: 3) == [7, 8, 9])
        #expect(try machine.ram.read(at: own.start &+ 0x1000, count: 3) == [0, 0, 0])
    }

    @Test("OPAL's room stays when boot memory reaches beyond it")
    func largeBootMemory() throws {
        var machine = try BareFirmware()
        #expect(machine.add(0, 0x3a00_0000, 0x3a00_0000) == .success)
        machine.crash()
        #expect(try machine.description(.cpu).entrySize == UInt32(ThreadRegisters.entrySize))
        #expect(machine.ram.isFrozen(machine.firmware.opalMemory.registers))
    }

    @Test("every thread has its entry, and those that ran their registers")
    func threads() throws {
        var machine = try BareFirmware()
        machine.crash()
        let description = try machine.description(.cpu)
        let range = try #require(description.ranges.first)
        #expect(range.size == UInt64(4 * ThreadRegisters.entrySize) && description.registerVersion == 1)
        let bytes = try machine.ram.read(at: PhysicalAddress(range.destination), count: Int(range.size))
        let saved = try ThreadRegisters.cpus(parsing: bytes, entrySize: ThreadRegisters.entrySize)
        #expect(saved.map(\.logicalID) == [5, 7])
        let registers: [RegisterIdentifier] = [
            .nia, .msr, .cr, .lr, .ctr, .xer, .dar, .dsisr, .gpr(0), .gpr(31), .pir,
        ]
        for (cpu, state) in zip(saved, machine.cpus) {
            for register in registers { #expect(cpu[register] == state[register]) }
        }
    }

    @Test("an entry is laid out as HDAT has it")
    func layout() throws {
        var machine = try BareFirmware()
        machine.crash()
        let start = machine.firmware.opalMemory.registers.start
        var reader = try BinaryReader(machine.ram.read(at: start, count: 64), .big)
        #expect(try reader.u32("PIR") == 4)
        // Thread 0 does not run.
        #expect(try reader.u32("state") == 0x0f00_0000)
        #expect(try reader.u32("offset") == 16)
        #expect(try reader.u32("count") == UInt32((ThreadRegisters.entrySize - 24) / 16))
        #expect(try (reader.u32("size"), reader.u32("used")) == (16, 16))
        #expect(try (reader.u32("type"), reader.u32("number"), reader.u64("value")) == (1, 0, 0))
        #expect(try (reader.u32("type"), reader.u32("number")) == (1, 1))
    }

    @Test("threads are numbered by chip, core and thread")
    func numbers() {
        let pirs = [0, 1, 4, 63, 64, 2047].map { ProcessorID.pir(ofCPU: $0) }
        #expect(pirs == [4, 5, 8, 0x43, 0x104, 0x1f43])
        #expect(ProcessorID.pir(ofCPU: .max) > 0)
    }

    @Test(
        "registers can be missing, too few, or without a size",
        arguments: [("empty", 0, nil), ("short:0x100", 0x100, nil), ("corrupt", 0, 0)]
            as [(String, UInt64, UInt32?)]
    )
    func damaged(fault: String, missing: UInt64, entrySize: UInt32?) throws {
        var machine = try BareFirmware("cpu-section=\(fault)")
        machine.crash()
        guard fault != "empty" else {
            #expect(machine.firmware.mpiplQueryTag(.cpu) == (.success, 0))
            return
        }
        let description = try machine.description(.cpu)
        #expect(description.ranges.first?.size == UInt64(4 * ThreadRegisters.entrySize) - missing)
        #expect(description.entrySize == entrySize ?? UInt32(ThreadRegisters.entrySize))
    }

    @Test("registers that cannot be are refused", arguments: [0, 8, 23])
    func malformed(entrySize: Int) {
        #expect(throws: (any Error).self) {
            try ThreadRegisters.cpus(parsing: Array(repeating: 0, count: 64), entrySize: entrySize)
        }
    }

    @Test("a count of registers beyond the entry is refused, not believed")
    func exaggerated() {
        var writer = BinaryWriter(.big)
        for value in [4, 0, 16, 0xffff_ffff, 16, 16] as [UInt32] { writer.put(value) }
        writer.pad(40)
        #expect(throws: (any Error).self) { try ThreadRegisters.cpus(parsing: writer.bytes, entrySize: 64) }
    }
}
