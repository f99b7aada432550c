/// How a piece of text looks on a terminal that has colours.
public enum Style: String, Sendable, Hashable, CaseIterable {
    case plain
    case bold
    case dim
    case red
    case green
    case yellow
    case blue
    case magenta
    case cyan

    /// The parameter of SGR, ECMA-48's escape sequence for it.
    var code: Int? {
        switch self {
        case .plain: nil
        case .bold: 1
        case .dim: 2
        case .red: 31
        case .green: 32
        case .yellow: 33
        case .blue: 34
        case .magenta: 35
        case .cyan: 36
        }
    }
}
