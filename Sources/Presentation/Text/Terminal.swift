import Glibc

/// What a stream can show.
public struct Terminal: Sendable, Hashable {
    public var hasColours: Bool
    public var isInteractive: Bool
    /// Columns.
    public var width: Int

    /// When colours are wanted.
    public enum Colours: String, Sendable, CaseIterable {
        case auto, always, never
    }

    /// Looks at a descriptor. Colours are for terminals; `NO_COLOR` (no-color.org) and a dumb terminal want none.
    public init(descriptor: Int32, colours: Colours = .auto) {
        isInteractive = isatty(descriptor) == 1
        width = Self.width(of: descriptor) ?? 80
        switch colours {
        case .always: hasColours = true
        case .never: hasColours = false
        case .auto:
            let refused = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
            let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
            hasColours = isInteractive && !refused && !isDumb
        }
    }

    private static func width(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 20 else { return nil }
        return min(Int(size.ws_col), 200)
    }
}
