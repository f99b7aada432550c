import BinaryCodec
import PhysicalMemory
import SystemPackage

/// The commands of ibm,configure-kernel-dump; other numbers are a parameter error.
public struct ConfigureKernelDumpCommand: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let register = ConfigureKernelDumpCommand(rawValue: 1)
    public static let unregister = ConfigureKernelDumpCommand(rawValue: 2)
    public static let invalidate = ConfigureKernelDumpCommand(rawValue: 3)
}

extension PowerFirmware {
    /// The RTAS call ibm,configure-kernel-dump. Reads the dump memory structure out of RAM and keeps a copy.
    ///
    /// Source: LoPAR R1-1 to R1-9 of ibm,configure-kernel-dump. The order of the checks, which LoPAR leaves open, is
    /// that of QEMU's implementation.
    public mutating func configureKernelDump(
        command: ConfigureKernelDumpCommand,
        buffer: PhysicalAddress,
        length: UInt64,
        ram: PhysicalRAM
    ) -> RTASStatus {
        guard configuration.supportsDump else { return .parameterError }
        switch command {
        case .register:
            return faults.answer(to: .register) ?? register(buffer, length, ram)
        case .unregister:
            return faults.answer(to: .unregister) ?? unregister()
        case .invalidate:
            return faults.answer(to: .invalidate) ?? invalidate()
        default:
            return .parameterError
        }
    }

    private mutating func register(
        _ buffer: PhysicalAddress,
        _ length: UInt64,
        _ ram: PhysicalRAM
    ) -> RTASStatus {
        guard registration == nil else { return .alreadyRegistered }
        guard waitingDump == nil else { return .dumpActive }
        guard length >= UInt64(DumpMemoryStructure.headerSize), buffer != 0,
            let range = AddressRange(start: buffer, count: length),
            range.end.rawValue <= configuration.realModeAreaSize, let count = Int(exactly: length)
        else { return .parameterError }
        guard let bytes = try? ram.read(at: buffer, count: count) else { return .hardwareError }
        // The platform wants the exact length: sections that are not used are a parameter error too.
        guard var structure = try? DumpMemoryStructure(parsing: bytes), structure.version == 1,
            structure.byteCount == count || !configuration.dialect.wantsExactLength
        else { return .parameterError }
        structure.statusFlags = []
        for index in structure.sections.indices {
            structure.sections[index].errorFlags = []
            structure.sections[index].bytesDumped = 0
        }
        registration = structure
        return .success
    }

    private mutating func unregister() -> RTASStatus {
        guard waitingDump == nil else { return .dumpActive }
        registration = nil
        return .success
    }

    /// Without a waiting dump there is nothing to do, and the call succeeds.
    private mutating func invalidate() -> RTASStatus {
        waitingDump = nil
        return .success
    }
}
