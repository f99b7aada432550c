/// A running machine as others find it.
public struct RegistryEntry: Codable, Sendable, Hashable {
    public var name: String
    public var pid: Int32
    public var mountPoint: String

    public init(name: String, pid: Int32, mountPoint: String) {
        self.name = name
        self.pid = pid
        self.mountPoint = mountPoint
    }
}
