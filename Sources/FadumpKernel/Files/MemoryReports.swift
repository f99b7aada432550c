import KernelProfile
import PhysicalMemory

extension FadumpKernel {
    /// The memory that this kernel may use: in a capture kernel boot memory only, after the release everything
    /// but the reserved dump area.
    public var usableMemory: [AddressRange] {
        if case .capturing(let capture, _) = kdump { return [capture.range] }
        switch state {
        case .unsupported, .disabled, .unreserved: return memory.ranges
        case .unregistered(let area), .registered(let area), .withdrawn(let area): return excluding(area)
        case .waiting(let dump):
            let held = AddressRange(PhysicalAddress(dump.heldFrom), upTo: memory.end)
            return memory.ranges.flatMap { $0.subtracting(held) }
        }
    }

    private func excluding(_ area: ReservedArea) -> [AddressRange] {
        memory.ranges.flatMap { range in area.range.map { range.subtracting($0) } ?? [range] }
    }

    /// Bytes that MemTotal counts.
    var memoryTotal: UInt64 {
        let usable = usableMemory.reduce(lentBytes) { $0 + $1.count }
        let reserved = profile.image.reservedBytes + (kdump.reservedRange?.count ?? 0)
        return usable > reserved ? usable - reserved : 0
    }

    /// The text of /proc/meminfo.
    var meminfoText: String {
        let total = memoryTotal
        let free = total > profile.image.usedBytes ? total - profile.image.usedBytes : 0
        var values: [(String, UInt64)] = [
            ("MemTotal", total), ("MemFree", free), ("Buffers", 0), ("Cached", 0), ("SwapCached", 0),
            ("SwapTotal", 0), ("SwapFree", 0),
        ]
        if profile.files.countsCMA, profile.build.hasCMA {
            values += [("CmaTotal", lentBytes), ("CmaFree", lentBytes)]
        }
        return values.map { name, bytes in
            let label = name + ":"
            let number = String(bytes >> 10)
            let gap = String(repeating: " ", count: max(1, 24 - label.count - number.count))
            return "\(label)\(gap)\(number) kB\n"
        }.joined()
    }

    /// The text of /proc/iomem: the memory that this kernel may use, and in it what kdump reserved.
    var iomemText: String {
        let width = memory.end.rawValue > 0xffff_ffff ? 16 : 8
        var text = ""
        for range in usableMemoryInReports {
            text += Self.iomemLine(range, "System RAM", width: width, depth: 0)
            if let reserved = kdump.reservedRange, range.contains(reserved) {
                text += Self.iomemLine(reserved, "Crash kernel", width: width, depth: 1)
            }
        }
        return text
    }

    /// A first boot lists all its memory, the reserved area included; a capture kernel only what it may use.
    private var usableMemoryInReports: [AddressRange] {
        if case .waiting = state { return usableMemory }
        if case .capturing = kdump { return usableMemory }
        return hasReleaseFile ? usableMemory : memory.ranges
    }

    private static func iomemLine(_ range: AddressRange, _ name: String, width: Int, depth: Int) -> String {
        let start = KernelFormat.digits(range.start.rawValue, width: width)
        let last = KernelFormat.digits(range.end.rawValue &- 1, width: width)
        return "\(String(repeating: "  ", count: depth))\(start)-\(last) : \(name)\n"
    }
}
