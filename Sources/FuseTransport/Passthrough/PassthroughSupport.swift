/// Whether the kernel can read files of the host by itself for this mount.
public enum PassthroughSupport: Sendable, Hashable {
    case available
    /// Not here, with the reason for people.
    case unavailable(String)
}
