import Glibc

/// The two streams: results go to stdout, everything else to stderr.
enum Output {
    static func text(_ text: String) { write(1, text) }

    static func error(_ line: String) { write(2, line + "\n") }

    /// A line that the next one replaces; only people see it.
    static func progress(_ line: String) {
        guard isatty(2) == 1 else { return }
        write(2, "\r\u{1b}[K" + line)
    }

    private static func write(_ descriptor: Int32, _ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
