/// A run of memory that firmware copies before it starts the machine again.
///
/// Addresses and sizes in bytes; a size is a 32-bit number. Source: skiboot, doc/opal-api/opal-mpipl-173-174.rst.
public struct PreservedRange: Sendable, Hashable {
    public var source: UInt64
    public var destination: UInt64
    public var size: UInt64

    public init(source: UInt64, destination: UInt64, size: UInt64) {
        self.source = source
        self.destination = destination
        self.size = size
    }
}

/// What firmware keeps a number for over the crash, for whoever boots then.
public enum MPIPLTag: UInt32, Sendable, Hashable {
    /// Where firmware tells of the registers that it saved.
    case cpu
    /// Where firmware tells of its own memory.
    case opal
    /// Where the kernel left what it needs to know.
    case kernel
    /// The first address behind boot memory.
    case bootMemory
}

/// What the call OPAL_MPIPL_UPDATE does.
public enum MPIPLUpdate: Sendable, Hashable {
    case addRange(PreservedRange)
    /// The size is not asked for.
    case removeRange(source: UInt64, destination: UInt64)
    case removeAll
    case freePreservedMemory
}
