/// What the kernel says of OPAL's part.
///
/// Source: opal-fadump.c, opal-core.c (Linux 5.4 to 7.2). Read, not recorded.
public struct OPALMessages: Sendable {
    // Setting up
    public var metadata: @Sendable (_ address: UInt64) -> Message
    public var metadataTagFailed: Message
    public var bootMemoryTagFailed: Message
    /// The same after a dump was released.
    public var setUpFailed: Message

    // Registration
    /// Firmware took only some of the ranges, which counts as success.
    public var rangesLeftOut: @Sendable (_ count: Int) -> Message
    public var notSupported: Message

    // Crash
    public var rebootNotSupported: Message
    public var noBackend: Message

    // Second boot
    public var noMetadata: @Sendable (_ status: Int64) -> Message
    public var otherMetadataVersion: @Sendable (_ known: UInt8, _ found: UInt8) -> [Message]
    public var unsavedRanges: @Sendable (_ ranges: [(index: Int, start: UInt64, size: UInt64)]) -> [Message]
    public var registersInvalid: Message
    public var onlyCrashingCPU: Message

    // The core file of OPAL itself
    /// `what` is OPAL, or OPAL CPU.
    public var noCoreMetadata: @Sendable (_ what: String, _ status: Int64) -> Message
    public var coreRegistersInvalid: Message
    public var noCore: Message
    public var coreReleased: Message
}

extension OPALMessages {
    /// Those of Linux 5.4, the first kernel that has them.
    static let initial = OPALMessages(
        metadata: { fadump(.info, "Kernel metadata addr: \(String($0, radix: 16))") },
        metadataTagFailed: fadump(.error, "Failed to set kernel metadata tag!"),
        bootMemoryTagFailed: fadump(.error, "Failed to set boot memory tag!"),
        setUpFailed: Message(.warning, "fadump: Failed to setup kernel metadata!"),
        rangesLeftOut: { count in
            let why = "could not be registered for MPIPL as MAX limit is reached!"
            return fadump(.warning, "\(count) regions \(why)")
        },
        notSupported: fadump(.error, "Support not available."),
        rebootNotSupported: fadump(.emergency, "Reboot type 3 not supported."),
        noBackend: fadump(.emergency, "No backend support for MPIPL!"),
        noMetadata: { fadump(.error, "Failed to get Kernel metadata (\($0))") },
        otherMetadataVersion: { known, found in
            let what = "Kernel metadata format mismatch identified! Core file maybe corrupted.."
            return [
                fadump(.warning, "Supported kernel metadata version: \(known), found: \(found)!"),
                fadump(.warning, "WARNING: \(what)"),
            ]
        },
        unsavedRanges: unsaved,
        registersInvalid: fadump(.error, "CPU state data is invalid. Ignoring!"),
        onlyCrashingCPU: fadump(.warning, "WARNING: appending only crashing CPU's register data"),
        noCoreMetadata: { core(.error, "Failed to get \($0) metadata (\($1))") },
        coreRegistersInvalid: core(.error, "CPU state data is invalid."),
        noCore: core(.error, "Could not export /sys/firmware/opal/core"),
        coreReleased: core(.error, "'/sys/firmware/opal/core' file not accessible!")
    )

    private static func fadump(_ level: Message.Level, _ text: String) -> Message {
        Message(level, "opal fadump: " + text)
    }

    private static func core(_ level: Message.Level, _ text: String) -> Message {
        Message(level, "opal core: " + text)
    }

    @Sendable private static func unsaved(
        _ ranges: [(index: Int, start: UInt64, size: UInt64)]
    ) -> [Message] {
        let lines = ranges.map { range in
            let number = String(range.index)
            let index = String(repeating: "0", count: max(0, 3 - number.count)) + number
            let (start, size) = (KernelFormat.hex(range.start), KernelFormat.hex(range.size))
            return "\t[\(index)] base: \(start), size: \(size)"
        }
        let outlook = [
            "If the unsaved regions only contain pages that are filtered out (eg. free/user pages), the vmcore "
                + "should still be usable.",
            "WARNING: If the unsaved regions contain kernel pages, the vmcore will be corrupted.",
        ]
        return (["Not all memory regions were saved!!!", "  Unsaved memory regions:"] + lines + outlook)
            .map { fadump(.warning, $0) }
    }
}
