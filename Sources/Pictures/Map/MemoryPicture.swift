import FadumpKernel
import Machine

/// The physical memory of a machine, part by part in address order without gaps, as the design document's figures show it.
public struct MemoryPicture: Sendable, Hashable {
    /// Which figure of the design document holds.
    public enum Figure: String, Sendable, Hashable, Encodable {
        /// Fig. 1: memory reservation during the first kernel.
        case firstKernel = "first-kernel"
        /// Fig. 2: memory reservation during the second kernel after a crash.
        case secondKernel = "second-kernel"
        /// Nothing is reserved for fadump.
        case none
    }

    public let figure: Figure
    public let parts: [MemoryPart]

    /// The first address above all memory.
    public var top: UInt64 { parts.last?.end ?? 0 }

    public init(_ status: StatusReport) {
        guard let map = try? MemoryMapSyntax.parse(status.memoryMap) else {
            (figure, parts) = (.none, [])
            return
        }
        var parts = Parts(top: map.end.rawValue)
        for range in map.ranges { parts.put(.memory, range.start.rawValue, range.count) }
        for range in status.firmwareMemory.flatMap({ try? MemoryMapSyntax.parse($0) })?.ranges ?? [] {
            parts.put(.firmware, range.start.rawValue, range.count)
        }
        if let start = status.kdumpStart, let size = status.kdumpReserved { parts.put(.kdump, start, size) }
        if let area = status.area {
            if let held = area.heldFrom, held < area.start {
                parts.put(.held, held, area.start - held, over: .memory)
            }
            if area.heldFrom != nil {
                let end = area.start &+ area.size
                if end < parts.top { parts.put(.held, end, parts.top - end, over: .memory) }
            }
            parts.put(.bootMemory, 0, area.bootMemorySize, over: .memory)
            parts.put(.padding, area.start, area.size)
            for section in area.sections {
                if let kind = MemoryPart.Kind(section: section.name) {
                    parts.put(kind, section.start, section.size)
                }
            }
        }
        self.parts = parts.list
        figure = status.area == nil ? .none : status.fadump == .dumpActive ? .secondKernel : .firstKernel
    }
}

/// Memory while it is divided into parts.
private struct Parts {
    private(set) var list: [MemoryPart]
    let top: UInt64

    init(top: UInt64) {
        self.top = top
        list = [MemoryPart(kind: .hole, start: 0, size: top)]
    }

    /// Makes a range another kind; with `over`, only what was of that kind.
    mutating func put(_ kind: MemoryPart.Kind, _ start: UInt64, _ size: UInt64, over: MemoryPart.Kind? = nil)
    {
        // An area that wrapped is not in memory; what lies above the top is not drawn.
        guard size > 0, start < top else { return }
        let end = min(top, start.addingReportingOverflow(size).overflow ? top : start + size)
        // Most ranges come in ascending order, and change the last part. What they touch may be one with a neighbour.
        let last = list.lastIndex { $0.start < end } ?? 0
        let first = list[...last].lastIndex { $0.start <= start } ?? 0
        let touched = max(0, first - 1)..<min(list.count, last + 2)
        var result: [MemoryPart] = []
        for part in list[touched] {
            let low = max(part.start, start)
            let high = min(part.end, end)
            guard low < high, over == nil || over == part.kind else {
                result.append(part)
                continue
            }
            if part.start < low {
                result.append(MemoryPart(kind: part.kind, start: part.start, size: low - part.start))
            }
            result.append(MemoryPart(kind: kind, start: low, size: high - low))
            if high < part.end {
                result.append(MemoryPart(kind: part.kind, start: high, size: part.end - high))
            }
        }
        let merged: [MemoryPart] = result.reduce(into: []) { merged, part in
            if let last = merged.last, last.kind == part.kind {
                merged[merged.count - 1].size += part.size
            } else {
                merged.append(part)
            }
        }
        list.replaceSubrange(touched, with: merged)
    }
}
