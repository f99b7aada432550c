/// What an OPAL call answers.
///
/// Source: skiboot, include/opal-api.h.
public struct OPALStatus: RawRepresentable, Hashable, Sendable {
    public var rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }

    public static let success = OPALStatus(rawValue: 0)
    public static let parameter = OPALStatus(rawValue: -1)
    public static let hardware = OPALStatus(rawValue: -6)
    public static let unsupported = OPALStatus(rawValue: -7)
    /// No room for another range.
    public static let resource = OPALStatus(rawValue: -10)
    public static let empty = OPALStatus(rawValue: -16)
}
