import CoreFile
import KernelProfile
import PowerFirmware

/// Where fadump stands in this boot. Each case carries only what exists in that state.
enum DumpState: Sendable {
    /// The platform has no dump support; there are no files.
    case unsupported
    /// Supported, but off, or the reservation failed.
    case disabled
    /// On, but no memory could be reserved: 4.14 and 4.19 stay so, and a registration is ENODEV.
    case unreserved
    /// Memory is reserved, nothing is registered with firmware.
    case unregistered(ReservedArea)
    /// Firmware has the dump memory structure and waits for a crash.
    case registered(ReservedArea)
    /// A dump of the previous boot waits.
    case waiting(WaitingDump)
    /// Firmware said at registration that it has no support after all: fadump is off, but its files and its area stay.
    case withdrawn(ReservedArea)

    /// The memory that is reserved, whether a dump can come of it or not.
    var reservedArea: ReservedArea? {
        if case .withdrawn(let area) = self { return area }
        return area
    }

    /// The reserved dump area of a boot that has one.
    var area: ReservedArea? {
        switch self {
        case .unsupported, .disabled, .unreserved, .withdrawn: nil
        case .unregistered(let area), .registered(let area): area
        case .waiting(let dump): dump.area
        }
    }

    var isEnabled: Bool {
        if case .unreserved = self { return true }
        return area != nil
    }
}

/// A dump that the previous boot left, as the capture kernel holds it.
struct WaitingDump: Sendable {
    /// What firmware says of the dump: the value of `ibm,kernel-dump`.
    var structure: DumpMemoryStructure
    /// Where the next registration will put its area: at the same place.
    var area: ReservedArea
    /// The first address of the memory that is held for the dump: the end of boot memory.
    var heldFrom: UInt64
    /// /proc/vmcore, while there is one.
    var core: CoreFile?
}
