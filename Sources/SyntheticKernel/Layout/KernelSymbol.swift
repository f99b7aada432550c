/// Something of the kernel image that has a name.
public struct KernelSymbol: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case text
        case data
    }

    public var name: String
    /// The physical address, and where the kernel sees it.
    public var address: UInt64
    public internal(set) var virtualAddress: UInt64 = 0
    public var size: UInt64
    public var kind: Kind
    /// Nil for what debug information says nothing of.
    public var type: KernelType?
}
