import CoreFile
import KernelProfile
import PhysicalMemory

/// The memory that a dump describes, in the order of the ELF program headers.
///
/// Boot memory comes first; every other range of memory leaves out the reserved dump area.
struct CrashMemory: Sendable, Hashable {
    /// A program header to come.
    enum Entry: Sendable, Hashable {
        case memory(AddressRange)
        /// Nothing is left of a range, but its program header stays, all zeros: 6.10 and later count it all the same.
        case blank
    }

    var entries: [Entry] = []

    var ranges: [AddressRange] {
        entries.compactMap { if case .memory(let range) = $0 { range } else { nil } }
    }

    /// `area` is the reserved dump area, nil where it is no range of addresses; `top` the end of boot memory.
    init(_ memory: MemoryMap, boot: CopiedMemory, area: AddressRange?, _ rules: CoreRules) {
        let joiner = Joiner(rules.joining, top: boot.top)
        for range in boot.ranges { joiner.add(range, to: &entries) }
        for range in memory.ranges {
            guard let rest = Self.aboveBootMemory(range, boot.top, rules) else { continue }
            let parts = area.map { rest.subtracting($0) } ?? [rest]
            for part in parts { joiner.add(part, to: &entries) }
            if parts.isEmpty, !rest.isEmpty, rules.builder == .captureKernel { entries.append(.blank) }
        }
    }

    /// What of a memory range is not boot memory, in the eyes of this kernel; nil where the range is passed over.
    ///
    /// 3.4 looks at the range at 0 only, and only where it reaches to the end of boot memory: a smaller one, and boot
    /// memory in the ranges behind it, is there twice.
    private static func aboveBootMemory(
        _ range: AddressRange,
        _ top: PhysicalAddress,
        _ rules: CoreRules
    ) -> AddressRange? {
        if rules.repeatsLowMemory {
            return range.start == 0 && range.end >= top ? AddressRange(top, upTo: range.end) : range
        }
        return range.end > top ? AddressRange(max(range.start, top), upTo: range.end) : nil
    }
}

/// Puts ranges that touch into one program header, where the kernel does.
///
/// Source: `fadump_add_crash_memory` (Linux 4.19), `fadump_add_mem_range` (5.4).
private struct Joiner {
    var rule: CoreRules.Joining
    var top: PhysicalAddress

    init(_ rule: CoreRules.Joining, top: PhysicalAddress) {
        self.rule = rule
        self.top = top
    }

    func add(_ range: AddressRange, to entries: inout [CrashMemory.Entry]) {
        guard !range.isEmpty else { return }
        guard case .memory(let last)? = entries.last, last.end == range.start, joins(last) else {
            entries.append(.memory(range))
            return
        }
        entries[entries.count - 1] = .memory(AddressRange(last.start, upTo: range.end))
    }

    private func joins(_ last: AddressRange) -> Bool {
        switch rule {
        case .never: false
        case .touching: true
        case .touchingAboveBootMemory: last.start >= top
        }
    }
}
