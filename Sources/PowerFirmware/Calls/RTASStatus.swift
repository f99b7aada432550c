/// What an RTAS call answers.
///
/// Source: LoPAR, RTAS call status words; ibm,configure-kernel-dump.
public struct RTASStatus: RawRepresentable, Hashable, Sendable {
    public var rawValue: Int32
    public init(rawValue: Int32) { self.rawValue = rawValue }

    public static let success = RTASStatus(rawValue: 0)
    public static let hardwareError = RTASStatus(rawValue: -1)
    public static let busy = RTASStatus(rawValue: -2)
    public static let parameterError = RTASStatus(rawValue: -3)
    public static let alreadyRegistered = RTASStatus(rawValue: -9)
    public static let dumpActive = RTASStatus(rawValue: -10)

    /// 9900 to 9905: call again after 10 to the power of `order` milliseconds.
    public static func extendedDelay(order: Int32) -> RTASStatus { RTASStatus(rawValue: 9900 + order) }

    /// How long the caller waits before it calls again, in milliseconds; nil where the answer is final.
    public var retryDelayMilliseconds: UInt64? {
        switch rawValue {
        case Self.busy.rawValue: 1
        case 9900...9905: (0..<(rawValue - 9900)).reduce(1) { delay, _ in delay * 10 }
        default: nil
        }
    }

    /// What firmware refused with; nil where it did as it was told.
    public var refusal: Int32? { self == .success ? nil : rawValue }
}

extension RTASStatus: CustomStringConvertible {
    /// What the status means, and its number.
    public var description: String { "\(meaning) (\(rawValue))" }

    private var meaning: String {
        switch self {
        case .success: "success"
        case .hardwareError: "hardware error"
        case .busy: "busy"
        case .parameterError: "parameter error"
        case .alreadyRegistered: "dump already registered"
        case .dumpActive: "dump active"
        default: retryDelayMilliseconds.map { "extended delay of \($0) ms" } ?? "unknown status"
        }
    }
}
