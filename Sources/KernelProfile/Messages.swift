/// What the kernel says, word for word.
///
/// Sizes and addresses are bytes; the texts print what their format prints.
public struct Messages: Sendable {
    // Early boot
    public var notSupported: Message
    public var dumpActive: [Message]
    public var memoryLimitAdjusted: @Sendable (_ limit: UInt64) -> Message
    public var areaReserved: @Sendable (_ size: UInt64, _ base: UInt64) -> Message
    public var dumpReserved: @Sendable (_ size: UInt64, _ base: UInt64) -> Message
    public var reservationFailed: Message

    // Registration; `status` is what the RTAS call answered
    public var registered: Message
    public var registrationHardwareError: @Sendable (_ status: Int32) -> Message
    public var registrationParameterError: @Sendable (_ status: Int32) -> Message
    public var alreadyRegistered: Message
    public var unknownRegistrationError: (@Sendable (_ status: Int32) -> Message)?
    public var unregistrationFailed: @Sendable (_ status: Int32) -> Message
    public var invalidationFailed: @Sendable (_ status: Int32) -> Message

    // Second boot
    public var dumpNotValid: Message
    public var dumpIncomplete: Message
    public var crashInfoNotValid: Message
    public var saveAreaUnreadable: Message
    public var cpuStateUnreadable: Message

    // Release: one message for each freed range, where the kernel has one
    public var memoryFreed: (@Sendable (_ start: UInt64, _ end: UInt64) -> Message)?
}
