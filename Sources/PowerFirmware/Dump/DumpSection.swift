import BinaryCodec

/// What went wrong with a section of a dump.
///
/// Source: LoPAR, ibm,configure-kernel-dump, error flags of a dump section.
public struct SectionErrorFlags: OptionSet, Hashable, Sendable {
    public var rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static let invalidDataType = SectionErrorFlags(rawValue: 0x8000)
    public static let invalidSource = SectionErrorFlags(rawValue: 0x4000)
    public static let lengthExceedsSource = SectionErrorFlags(rawValue: 0x2000)
    public static let invalidDestination = SectionErrorFlags(rawValue: 0x1000)
    public static let destinationTooSmall = SectionErrorFlags(rawValue: 0x0800)

    /// Puts the flags into the other byte order, as a platform does that stores them in its host's.
    mutating func swapBytes() { rawValue = rawValue.byteSwapped }
}

/// A section of the dump memory structure: what to save, and where. 40 bytes.
///
/// Addresses and lengths in bytes. Source: LoPAR, ibm,configure-kernel-dump.
public struct DumpSection: Hashable, Sendable {
    public static let byteCount = 40

    /// What kind of data a section names; numbers without a name here are allowed.
    public struct SourceDataType: RawRepresentable, Hashable, Sendable {
        public var rawValue: UInt16
        public init(rawValue: UInt16) { self.rawValue = rawValue }

        public static let cpuState = SourceDataType(rawValue: 0x0001)
        public static let hpte = SourceDataType(rawValue: 0x0002)
        public static let realModeRegion = SourceDataType(rawValue: 0x0011)
        public static let osIdentification = SourceDataType(rawValue: 0x0012)

        /// From 0x100 on the types are the operating system's own.
        public var isOSDefined: Bool { rawValue >= 0x100 }

        public var name: String {
            switch self {
            case .cpuState: "cpu-state"
            case .hpte: "hpte"
            case .realModeRegion: "real-mode-region"
            case .osIdentification: "os-identification"
            default: "0x" + String(rawValue, radix: 16)
            }
        }
    }

    /// 1: copy to memory of the partition.
    public var requestFlag: UInt32 = 1
    public var sourceDataType: SourceDataType
    public var errorFlags: SectionErrorFlags = []
    public var sourceAddress: UInt64 = 0
    public var sourceLength: UInt64
    public var bytesDumped: UInt64 = 0
    public var destinationAddress: UInt64

    public init(
        sourceDataType: SourceDataType,
        sourceAddress: UInt64 = 0,
        sourceLength: UInt64,
        destinationAddress: UInt64
    ) {
        self.sourceDataType = sourceDataType
        self.sourceAddress = sourceAddress
        self.sourceLength = sourceLength
        self.destinationAddress = destinationAddress
    }

    public init(parsing reader: inout BinaryReader) throws(BinaryError) {
        requestFlag = try reader.u32("request flag")
        sourceDataType = SourceDataType(rawValue: try reader.u16("source data type"))
        errorFlags = SectionErrorFlags(rawValue: try reader.u16("error flags"))
        sourceAddress = try reader.u64("source address")
        sourceLength = try reader.u64("source length")
        bytesDumped = try reader.u64("bytes dumped")
        destinationAddress = try reader.u64("destination address")
    }

    /// Writes the 40 bytes; the writer is big-endian.
    public func write(to writer: inout BinaryWriter) {
        writer.put(requestFlag)
        writer.put(sourceDataType.rawValue)
        writer.put(errorFlags.rawValue)
        writer.put(sourceAddress)
        writer.put(sourceLength)
        writer.put(bytesDumped)
        writer.put(destinationAddress)
    }
}
