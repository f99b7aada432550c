/// What an OPAL call answers.
///
/// Source: skiboot, include/opal-api.h.
public struct OPALStatus: RawRepresentable, Hashable, Sendable {
    public var rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }

    public static let success = OPALStatus(rawValue: 0)
    public static let parameter = OPALStatus(rawValue: -1)
    public static let busy = OPALStatus(rawValue: -2)
    /// The platform cannot do it.
    public static let hardware = OPALStatus(rawValue: -6)
    public static let unsupported = OPALStatus(rawValue: -7)
    /// No room for another range.
    public static let resource = OPALStatus(rawValue: -10)

    /// What firmware refused with; nil where it did as it was told.
    public var refusal: Int32? { self == .success ? nil : Int32(clamping: rawValue) }
}

extension OPALStatus: CustomStringConvertible {
    /// What the status means, and its number.
    public var description: String { "\(meaning) (\(rawValue))" }

    private var meaning: String {
        switch self {
        case .success: "success"
        case .parameter: "invalid parameter"
        case .busy: "busy"
        case .hardware: "no hardware for it"
        case .unsupported: "unsupported"
        case .resource: "no room"
        default: "unknown status"
        }
    }
}
