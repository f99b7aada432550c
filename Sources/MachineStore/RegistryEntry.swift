import FoundationEssentials

/// A running machine as others find it.
public struct RegistryEntry: Codable, Sendable, Hashable {
    public var name: String
    public var pid: Int32
    public var mountPoint: String
    /// Where the options of the mount come from, by option: `default`, `option --NAME` or `FILE:LINE`.
    public var origins: [String: String]

    public init(name: String, pid: Int32, mountPoint: String, origins: [String: String] = [:]) {
        self.name = name
        self.pid = pid
        self.mountPoint = mountPoint
        self.origins = origins
    }

    /// As its file has it.
    public func json() throws -> [UInt8] { Array(try JSONEncoder().encode(self)) }
}
