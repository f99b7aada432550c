/// Something that firmware does, for the machine's event log.
public struct FirmwareEvent: Sendable, Hashable {
    /// What happened, in words joined by hyphens.
    public var kind: String
    public var details: [String: String]

    init(_ kind: String, _ details: [String: String] = [:]) {
        self.kind = kind
        self.details = details
    }
}
