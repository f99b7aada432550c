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

    /// The value of the first line with this key.
    public subscript(_ key: String) -> String? {
        for line in text.split(separator: "\n") where line.hasPrefix(key + "=") {
            return String(line.dropFirst(key.utf8.count + 1))
        }
        return nil
    }

    public var note: ELFNote { ELFNote(name: Self.noteName, type: 0, descriptor: Array(text.utf8)) }
}
