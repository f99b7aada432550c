import FadumpKernel
import PhysicalMemory
import SyntheticKernel
import SystemPackage

extension MachineConfiguration {
    /// Memory as it is when power comes on.
    ///
    /// Errors: those of making the memory that backs it.
    func freshMemory(_ map: MemoryMap, _ layout: KernelLayout) throws(Errno) -> PhysicalRAM {
        if let image { return try PhysicalRAM(map: map, background: image.background) }
        // Memory that is added later follows from its address, too.
        let filled = fill.map { FilledMemory($0, layout, end: Self.largestMemory) }
        return try PhysicalRAM(map: map, background: filled, renewed: filled)
    }
}

/// What the running kernel has in memory, kept in step with it. A kdump capture kernel has nothing: its memory is no
/// part of the dump.
extension MachineState {
    /// What is in the same place at every boot.
    mutating func writeImage() -> [MachineEffect] {
        let end = hardware.ram.map.end.rawValue
        return fillMemory("kernel image") { memory, ram throws(Errno) in
            try memory.writeImage(memoryEnd: end, in: ram)
        }
    }

    /// The page array and pages in use, once the kernel has its memory.
    mutating func writePages(_ kernel: FadumpKernel) -> [MachineEffect] {
        let use = MemoryUse(
            memory: kernel.memory,
            usable: kernel.usableMemory,
            taken: kernel.takenMemory(hardware.firmware),
            fill: configuration.fill
        )
        return fillMemory("page array") { memory, ram throws(Errno) in
            try memory.writePages(use, in: &ram)
        }
    }

    /// What the kernel printed since the last time.
    mutating func keepLog(_ kernel: FadumpKernel) -> [MachineEffect] {
        let records = kernel.log.records
        return fillMemory("kernel log") { memory, ram throws(Errno) in
            try memory.keepLog(count: records.count, { LogLine(records[$0]) }, in: ram)
        }
    }

    private mutating func fillMemory(
        _ what: String,
        _ body: (inout KernelMemory, inout PhysicalRAM) throws(Errno) -> Void
    ) -> [MachineEffect] {
        guard var memory = kernelMemory else { return [] }
        defer { kernelMemory = memory }
        do {
            try body(&memory, &hardware.ram)
            return []
        } catch {
            return [note("host-failure", ["doing": what, "errno": String(describing: error)])]
        }
    }
}

extension LogLine {
    init(_ record: KernelLog.Record) {
        self.init(level: UInt8(record.message.level.rawValue), time: record.time, text: record.message.text)
    }
}
