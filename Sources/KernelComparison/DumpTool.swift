import BinaryCodec

/// A program that opens dumps, and what a dump must have for it.
///
/// Source: each was run, in the version named, on core files that lacked one key after the other; `endiannesses` are
/// those in which it was run. ppc64el programs ran under qemu-user.
public struct DumpTool: Sendable, Hashable {
    /// Program, version, and the options that make a difference.
    public var name: String
    public var endiannesses: [Endianness]
    /// Keys of VMCOREINFO that it cannot do without.
    public var needs: [String]
    /// Sets of keys of which it wants one in whole; none where it wants nothing else.
    public var needsOneOf: [[String]] = []
    /// What it needs besides the dump, which an emulated machine does not have.
    public var needsOther: String?

    /// What becomes of a dump.
    public enum Verdict: Sendable, Hashable {
        case reads
        case lacks([String])
        case needs(String)
        case untried(Endianness)
    }

    /// Whether this reads a dump of this byte order with these keys.
    public func verdict(on endianness: Endianness, keys: Set<String>) -> Verdict {
        if let needsOther { return .needs(needsOther) }
        guard endiannesses.contains(endianness) else { return .untried(endianness) }
        let wanting = needsOneOf.map { $0.filter { !keys.contains($0) } }.min { $0.count < $1.count } ?? []
        let missing = needs.filter { !keys.contains($0) } + wanting
        return missing.isEmpty ? .reads : .lacks(missing)
    }
}

extension DumpTool.Verdict: CustomStringConvertible {
    public var description: String {
        switch self {
        case .reads: "reads it"
        case .lacks(let keys):
            "lacks \(keys.first ?? "keys")" + (keys.count > 1 ? " and \(keys.count - 1) more" : "")
        case .needs(let other): "needs \(other)"
        case .untried(let endianness): "not tried \(endianness.rawValue)-endian"
        }
    }
}
