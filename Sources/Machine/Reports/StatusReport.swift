import FadumpKernel

/// The state of a machine for people and programs: what `machine/status` holds as JSON.
///
/// Sizes and addresses are bytes. Fields that have no meaning in a state are absent.
public struct StatusReport: Codable, Sendable, Hashable {
    public var name: String
    /// running, crashed, resetting or off.
    public var power: String
    /// Counts every boot of the machine, from 1.
    public var boot: UInt64
    public var kernel: String
    public var release: String
    public var endian: String
    public var pageSize: UInt64
    /// What memory and core file of a dump look like: power, or for convenience x86_64.
    public var dumpArchitecture: String
    public var platform: String
    public var firmware: String
    public var clock: String
    public var seed: UInt64
    public var commandLine: String
    public var cpus: [UInt32]
    public var maximumCPUs: Int
    public var memory: UInt64
    public var memoryMap: String
    /// What of it firmware keeps for itself.
    public var firmwareMemory: String?
    /// The file with a real kernel's memory that the machine boots with.
    public var image: Image?
    /// Bytes of host memory behind the machine's RAM.
    public var memoryAllocated: UInt64
    /// How many pages the running kernel uses for what.
    public var pages: [String: UInt64]?
    public var uptimeMicroseconds: UInt64
    public var fadump: FadumpStatus?
    public var area: Area?
    /// Bytes of /proc/vmcore, where there is one.
    public var vmcoreSize: UInt64?
    /// How /proc/vmcore is read, where there is one: passthrough or direct; and why it is the latter.
    public var vmcoreMode: VMCoreMode?
    public var vmcoreModeReason: String?
    public var kdumpReserved: UInt64?
    /// Where memory is reserved for a kdump kernel.
    public var kdumpStart: UInt64?
    public var kdumpLoaded: Bool
    /// Where the value of each setting comes from: `default`, `option --NAME` or `FILE:LINE`.
    public var origins: [String: String]

    /// A real kernel's memory in a file.
    public struct Image: Codable, Sendable, Hashable {
        public var file: String
        /// elf, kdump or raw.
        public var format: String
        public var flattened: Bool
        /// Bytes of memory that the file has; the others read as zero.
        public var present: UInt64
        /// Pages of memory that it lacks, at most: a page may be there in part.
        public var missingPages: UInt64
    }

    /// The reserved dump area.
    public struct Area: Codable, Sendable, Hashable {
        public var start: UInt64
        public var size: UInt64
        public var bootMemorySize: UInt64
        public var sections: [Section]
        /// The first address of the memory that is held for a waiting dump.
        public var heldFrom: UInt64?
    }

    /// A part of the reserved dump area: CPU, HPTE, DUMP, ELF or INFO, META; or PARAM.
    public struct Section: Codable, Sendable, Hashable {
        public var name: String
        public var start: UInt64
        public var size: UInt64
        /// Bytes that firmware saved there for the waiting dump.
        public var dumped: UInt64
    }
}
