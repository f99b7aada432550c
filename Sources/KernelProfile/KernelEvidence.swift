import BinaryCodec

/// What a profile rests on, so that whoever relies on it knows how far to trust it.
public enum KernelEvidence: Sendable, Hashable {
    /// A real kernel of this version was run and what it answered was recorded, in this byte order.
    case recorded(_ version: String, Endianness)
    /// Nothing was run; these texts were read.
    case read(_ sources: String)
}
