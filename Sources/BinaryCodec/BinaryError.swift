/// What can be wrong with a binary structure, with the place where it was noticed.
public enum BinaryError: Error, Hashable, Sendable {
    /// `field` needs `needed` bytes at `offset`, but only `available` are there.
    case truncated(field: String, offset: Int, needed: Int, available: Int)
    /// `field` at `offset` holds something that the format does not allow.
    case invalid(field: String, offset: Int, found: String)
    /// A computation on addresses or sizes left the range of its type.
    case overflow(String)
}

extension BinaryError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .truncated(let field, let offset, let needed, let available):
            "\(field): needs \(needed) bytes at offset \(offset), but only \(available) are left"
        case .invalid(let field, let offset, let found):
            "\(field) at offset \(offset): \(found)"
        case .overflow(let what):
            "\(what): the result does not fit"
        }
    }
}

extension BinaryError {
    /// The same error with its offset counted from the start of the file that holds the structure at `base`.
    public func moved(by base: UInt64) -> BinaryError {
        func moved(_ offset: Int) -> Int { Int(clamping: base &+ UInt64(clamping: offset)) }
        return switch self {
        case .truncated(let field, let offset, let needed, let available):
            .truncated(field: field, offset: moved(offset), needed: needed, available: available)
        case .invalid(let field, let offset, let found):
            .invalid(field: field, offset: moved(offset), found: found)
        case .overflow: self
        }
    }
}
