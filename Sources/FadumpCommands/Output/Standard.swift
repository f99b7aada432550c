import Glibc

/// The two streams: data goes to stdout, everything else to stderr.
enum Standard {
    static func error(_ line: String) { write(2, line + "\n") }

    /// Text without a newline, for a line that is drawn again.
    static func note(_ text: String) { write(2, text) }

    static func output(_ bytes: [UInt8]) { write(1, bytes) }

    static func output(_ text: String) { write(1, text) }

    private static func write(_ descriptor: Int32, _ text: String) { write(descriptor, Array(text.utf8)) }

    private static func write(_ descriptor: Int32, _ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
