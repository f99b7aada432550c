import PhysicalMemory

/// OPAL's part of a firmware-assisted dump, the memory preserving initial program load (MPIPL): what is registered for it,
/// and what the boot that came by one is told.
///
/// Source: skiboot, doc/mpipl.rst, doc/opal-api/opal-mpipl-173-174.rst, core/opal-dump.c. Read, not recorded.
public struct MemoryPreservingIPL: Sendable {
    /// How many ranges a kernel can register: the table has 1024 bytes, 16 for each, and OPAL's own memory is in it.
    public static let maximumRanges = 63

    public internal(set) var ranges: [PreservedRange] = []
    /// What the kernel wants the next one to be told.
    var registeredTags: [MPIPLTag: UInt64] = [:]
    /// What the crashed kernel left, and OPAL: gone once the kernel says that it is done with the dump.
    var tags: [MPIPLTag: UInt64]?
    /// The PIR of the thread that asked for it.
    var crashingThread: UInt32?

    /// Whether memory is preserved for this boot.
    public var isActive: Bool { tags != nil }
}

extension PowerFirmware {
    /// The call OPAL_MPIPL_UPDATE (173).
    ///
    /// Errors: `.hardware` where the platform has no support; `.parameter` for a range without bytes, one beyond memory, one
    /// whose source or destination is registered already, and for one to remove that is not; `.resource` where there is no
    /// room for another. Of a size 32 bits count.
    public mutating func mpiplUpdate(_ update: MPIPLUpdate, ram: PhysicalRAM) -> OPALStatus {
        guard supportsDump else { return .hardware }
        switch update {
        case .addRange(let range):
            return faults.opalAnswer(to: .register) ?? add(range, ram)
        case .removeRange(let source, let destination):
            let index = mpipl.ranges.firstIndex { $0.source == source && $0.destination == destination }
            guard let index else { return .parameter }
            mpipl.ranges.remove(at: index)
            return .success
        case .removeAll:
            if let status = faults.opalAnswer(to: .unregister) { return status }
            mpipl.ranges = []
            return .success
        case .freePreservedMemory:
            if let status = faults.opalAnswer(to: .invalidate) { return status }
            mpipl.tags = nil
            return .success
        }
    }

    private mutating func add(_ range: PreservedRange, _ ram: PhysicalRAM) -> OPALStatus {
        let end = ram.map.end.rawValue
        guard range.source <= end, range.destination <= end, range.size > 0 else { return .parameter }
        guard mpipl.ranges.count < MemoryPreservingIPL.maximumRanges else { return .resource }
        let own = opalMemory
        let sources = mpipl.ranges.map(\.source) + [own.own.start.rawValue]
        let destinations = mpipl.ranges.map(\.destination) + [own.copy.start.rawValue]
        guard !sources.contains(range.source), !destinations.contains(range.destination) else {
            return .parameter
        }
        var range = range
        range.size = UInt64(UInt32(truncatingIfNeeded: range.size))
        mpipl.ranges.append(range)
        return .success
    }

    /// The call OPAL_MPIPL_REGISTER_TAG (174): what the kernel of the next boot is told, if that comes by a crash.
    ///
    /// Errors: `.parameter` for OPAL's own tags, and for boot memory that ends at 0 or beyond memory.
    public mutating func mpiplRegisterTag(_ tag: MPIPLTag, _ value: UInt64, ram: PhysicalRAM) -> OPALStatus {
        switch tag {
        case .cpu, .opal: return .parameter
        case .bootMemory where value == 0 || value > ram.map.end.rawValue: return .parameter
        case .kernel, .bootMemory:
            mpipl.registeredTags[tag] = value
            return .success
        }
    }

    /// The call OPAL_MPIPL_QUERY_TAG (175): 0 for a tag that nobody left.
    ///
    /// Errors: `.parameter` once preserved memory was freed. (In a boot that no crash led to all tags are 0; no kernel asks.)
    public func mpiplQueryTag(_ tag: MPIPLTag) -> (status: OPALStatus, value: UInt64) {
        guard let tags = mpipl.tags else { return (.parameter, 0) }
        return (.success, tags[tag] ?? 0)
    }
}
