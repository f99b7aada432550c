/// Where the value of a setting comes from.
public enum SettingOrigin: Sendable, Hashable, CustomStringConvertible {
    /// Nobody said anything.
    case builtIn
    case option(String)
    /// A key of a machine file; lines and columns count from 1.
    case file(String, line: Int, column: Int)
    /// What the machine's image says.
    case image
    /// A machine file that names no machine names it after itself.
    case fileName(String)
    /// In the words of whoever handed the machine over.
    case told(String)

    public var description: String {
        switch self {
        case .builtIn: "default"
        case .option(let name): "option --\(name)"
        case .file(let path, let line, _): "\(path):\(line)"
        case .image: "the image"
        case .fileName(let path): "the name of \(path)"
        case .told(let words): words
        }
    }
}
