import PhysicalMemory

/// OPAL's part of a firmware-assisted dump, the memory preserving initial program load: which ranges are registered, and
/// what is told to the next boot.
///
/// Source: skiboot, doc/mpipl.rst and doc/opal-api/opal-mpipl-173-174.rst.
public struct MemoryPreservingIPL: Sendable {
    /// How many ranges a kernel may register. The documents say only that there is a limit.
    public static let maximumRanges = 128

    public internal(set) var ranges: [PreservedRange] = []
    var tags: [MPIPLTag: UInt64] = [:]
    /// This boot came by a crash, and its memory was preserved.
    public internal(set) var isActive = false
}

extension PowerFirmware {
    /// The memory that OPAL itself runs in, which is nobody else's: skiboot's place at 768 MB.
    public static let opalMemory = AddressRange(
        PhysicalAddress(0x3000_0000),
        upTo: PhysicalAddress(0x3200_0000)
    )
    /// Where OPAL loads kernel and initrd, and overwrites what is there: each an address and a size.
    static let loadAreas: [(UInt64, UInt64)] = [(0x2000_0000, 0x800_0000), (0x2800_0000, 0x800_0000)]

    /// Memory that the kernel has to leave alone, as the device tree's `reserved-ranges` says.
    public var reservedRanges: [AddressRange] { configuration.platform == .powernv ? [Self.opalMemory] : [] }

    /// The call OPAL_MPIPL_UPDATE.
    ///
    /// Errors: `.hardware` where the platform has no support, `.parameter` for a range without bytes, one that does not
    /// fit 32 bits, or one that is not registered, `.resource` where there is no room for another.
    public mutating func mpiplUpdate(_ update: MPIPLUpdate) -> OPALStatus {
        guard supportsDump else { return .hardware }
        switch update {
        case .addRange(let range):
            if let fault = faults.answer(to: .register) { return OPALStatus(rawValue: Int64(fault.rawValue)) }
            guard range.size > 0, range.size <= UInt64(UInt32.max) else { return .parameter }
            guard mpipl.ranges.count < MemoryPreservingIPL.maximumRanges else { return .resource }
            mpipl.ranges.append(range)
        case .removeRange(let range):
            guard let index = mpipl.ranges.firstIndex(of: range) else { return .parameter }
            mpipl.ranges.remove(at: index)
        case .removeAll:
            if let fault = faults.answer(to: .unregister) {
                return OPALStatus(rawValue: Int64(fault.rawValue))
            }
            mpipl.ranges = []
        case .freePreservedMemory:
            if let fault = faults.answer(to: .invalidate) {
                return OPALStatus(rawValue: Int64(fault.rawValue))
            }
            mpipl.isActive = false
            waitingDump = nil
        }
        registration = mpipl.ranges.isEmpty ? nil : DumpMemoryStructure(mpipl.ranges)
        return .success
    }

    /// The call OPAL_MPIPL_REGISTER_TAG: only the kernel's own tags can be set.
    public mutating func mpiplRegisterTag(_ tag: MPIPLTag, _ value: UInt64) -> OPALStatus {
        guard supportsDump else { return .hardware }
        guard tag == .kernel || tag == .bootMemory else { return .parameter }
        mpipl.tags[tag] = value == 0 ? nil : value
        return .success
    }

    /// The call OPAL_MPIPL_QUERY_TAG: nil, which is OPAL_EMPTY, where nothing was left.
    public func mpiplQueryTag(_ tag: MPIPLTag) -> UInt64? { mpipl.tags[tag] }

    /// The call OPAL_CEC_REBOOT2 with the type that preserves memory: it does not return where ranges are registered.
    public mutating func rebootPreservingMemory(reason: String) -> OSTermOutcome {
        terminationMessage = reason
        if let status = faults.answer(to: .osTerm) { return .returns(status) }
        let unsupported = RTASStatus(rawValue: Int32(OPALStatus.unsupported.rawValue))
        return mpipl.ranges.isEmpty ? .returns(unsupported) : .dump
    }
}

extension DumpMemoryStructure {
    /// Registered ranges in the form in which the rest of firmware saves them.
    init(_ ranges: [PreservedRange]) {
        self.init(
            sections: ranges.map {
                DumpSection(
                    sourceDataType: .realModeRegion,
                    sourceAddress: $0.source,
                    sourceLength: $0.size,
                    destinationAddress: $0.destination
                )
            }
        )
    }
}
