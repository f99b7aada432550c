/// VMCOREINFO: lines KEY=VALUE that tell dump tools about the kernel.
public struct VMCoreInfo: Hashable, Sendable {
    public static let noteName = "VMCOREINFO"

    /// The lines as they are; the last one may lack its newline.
    public var text: String

    public init(text: String) { self.text = text }

    /// Nil where `note` is no VMCOREINFO.
    public init?(_ note: ELFNote) {
        guard note.name == Self.noteName else { return nil }
        text = String(decoding: note.descriptor, as: UTF8.self)
    }

    /// Keys and values in the order of the lines; a line without "=" is a key without a value.
    public var lines: [(key: String, value: String)] {
        text.utf8.split(separator: UInt8(ascii: "\n")).map { line in
            let key = line.prefix { $0 != UInt8(ascii: "=") }
            let value = line.dropFirst(key.count + 1)
            return (String(Substring(key)), String(Substring(value)))
        }
    }

    /// The value of the first line with this key.
    public subscript(_ key: String) -> String? { lines.first { $0.key == key }?.value }

    /// Adds a line; without `endsLine` its newline is missing, as that of CRASHTIME is in Linux 3.4.
    ///
    /// Source: `crash_save_vmcoreinfo` (Linux 3.4, kernel/kexec.c).
    public mutating func append(_ key: String, _ value: String, endsLine: Bool = true) {
        if let last = text.utf8.last, last != UInt8(ascii: "\n") { text += "\n" }
        text += "\(key)=\(value)" + (endsLine ? "\n" : "")
    }

    /// The whole note, of type 0.
    public var note: ELFNote { ELFNote(name: Self.noteName, type: 0, descriptor: Array(text.utf8)) }
}
