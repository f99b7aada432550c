import KernelProfile

/// Something of the kernel image that has a name.
public struct KernelSymbol: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case text
        case data
    }

    public var name: String
    /// The physical address; the kernel sees it at `virtualAddress`.
    public var address: UInt64
    public var size: UInt64
    public var kind: Kind
    /// Nil for what debug information says nothing of.
    public var type: KernelType?

    public var virtualAddress: UInt64 { ImageRules.virtual(address) }
}
