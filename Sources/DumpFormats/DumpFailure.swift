import BinaryCodec
import SystemPackage

/// Why a captured file cannot be read.
public enum DumpFailure: Error, Hashable, Sendable {
    /// A field of `file` is wrong or missing: which one and at which offset.
    case malformed(BinaryError, file: String)
    /// The file itself cannot be read.
    case file(Errno, file: String)
    /// Files that do not belong together, or are not what was asked for.
    case unsuitable(String)
}

extension DumpFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed(let error, let file): "\(file): \(error)"
        case .file(let error, let file): "\(file): \(error)"
        case .unsuitable(let why): why
        }
    }
}
