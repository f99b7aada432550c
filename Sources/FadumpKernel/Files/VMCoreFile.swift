import CoreFile
import KernelProfile
import PhysicalMemory
import SystemPackage

extension FadumpKernel {
    /// /proc/vmcore: exists while a valid dump waits, or in a kdump capture kernel.
    public var vmcore: CoreFile? {
        guard crash == nil else { return nil }
        if case .capturing(_, let core) = kdump { return core }
        if case .waiting(let dump) = state { return dump.core }
        return nil
    }
}

/// What this boot's fadump is doing, in one word, for status reports.
public enum FadumpStatus: String, Sendable, Hashable, CaseIterable, Codable {
    case unsupported
    case disabled
    case unregistered
    case registered
    case dumpActive = "dump-active"
}

extension FadumpKernel {
    public var status: FadumpStatus {
        switch state {
        case .unsupported: .unsupported
        case .disabled, .withdrawn: .disabled
        case .unreserved: .unregistered
        case .unregistered: .unregistered
        case .registered: .registered
        case .waiting: .dumpActive
        }
    }

    /// The reserved dump area of this boot, where it has one.
    public var reservedArea: ReservedArea? { state.area }

    /// The memory that is reserved for a kdump kernel.
    public var crashKernelRange: AddressRange? { kdump.reservedRange }

    public var isKdumpLoaded: Bool {
        if case .loaded = kdump { return true }
        return false
    }
}
