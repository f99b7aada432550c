/// One thing that can be said about a machine: an option of `fadumpfs mount`, a key of a machine file, and a field of
/// `origins` in the status report, under the same name everywhere.
///
/// A new property of a machine becomes a case here, and is then an option, a key, a line of the template and of the
/// schema, and has an origin.
public enum MachineSetting: String, Sendable, Hashable, CaseIterable {
    case name
    case memory
    case memoryMap = "memory-map"
    case image
    case cpus
    case maximumCPUs = "max-cpus"
    case cpuModel = "cpu"
    case hpteSize = "hpte-size"
    case pageSize = "page-size"
    case endianness = "endian"
    case realModeArea = "rma"
    case mmu
    case kernel
    case dumpArchitecture = "dump-arch"
    case build = "config"
    case platform
    case firmware
    case commandLine = "cmdline"
    case clock
    case date
    case seed
    case fill
    case faults = "fault"
    case vmcore
}

/// What a value of a setting looks like.
public enum SettingKind: Sendable, Hashable {
    case text
    /// true or false.
    case flag
    /// A whole number in this range.
    case number(ClosedRange<UInt64>)
    /// Bytes: 256M, 2G, 0x10000.
    case size
    /// One of these words.
    case choice([String])
    /// START-END,START-END.
    case ranges
    /// CALL=STATUS,SECTION=FAULT: a fault plan.
    case faults
    /// OPTION=VALUE,OPTION=VALUE: what a kernel is built with.
    case build

    /// What a person is told to write.
    public var expectation: String {
        switch self {
        case .text: "text"
        case .flag: "true or false"
        case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .size: "a size: a number of bytes, with K, M, G or T for powers of 1024, such as 256M"
        case .choice(let words): "one of " + words.joined(separator: ", ")
        case .ranges: "ranges START-END, such as 0-256M,256M-2G"
        case .faults: "faults, such as register=-2*3 or dump-section=short:0x1000"
        case .build: "build options, such as fa_dump=n or nr_cpus=1024"
        }
    }
}
