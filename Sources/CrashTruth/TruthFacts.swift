import BinaryCodec
import CoreFile

/// What is known of the machine whose truth it is: keys and values, a line each.
public struct TruthFacts: Hashable, Sendable {
    /// In the order in which they are written; a key or value has no line breaks, a key no equals sign.
    public private(set) var lines: [(key: String, value: String)] = []

    /// The keys that every truth has.
    private enum Key: String {
        case machine, boot, kernel, release, endian, architecture
        case pageSize = "page-size"
    }

    /// `architecture` is e_machine; `pageSize`, in bytes, is that of the crashed kernel.
    public init(
        machine: String,
        boot: UInt64,
        kernel: String,
        release: String,
        endianness: Endianness,
        architecture: ELFMachine,
        pageSize: UInt64
    ) {
        self[Key.machine.rawValue] = machine
        self[Key.boot.rawValue] = String(boot)
        self[Key.kernel.rawValue] = kernel
        self[Key.release.rawValue] = release
        self[Key.endian.rawValue] = endianness.rawValue
        self[Key.architecture.rawValue] = String(architecture.rawValue)
        self[Key.pageSize.rawValue] = String(pageSize)
    }

    public subscript(_ key: String) -> String? {
        get { lines.first { $0.key == key }?.value }
        set {
            let clean = newValue.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
            if let index = lines.firstIndex(where: { $0.key == key }) {
                if let clean { lines[index].value = clean } else { lines.remove(at: index) }
            } else if let clean {
                lines.append((key, clean))
            }
        }
    }

    public var machine: String { self[Key.machine.rawValue] ?? "" }
    /// The boot that crashed.
    public var boot: UInt64 { self[Key.boot.rawValue].flatMap { UInt64($0) } ?? 0 }
    public var kernel: String { self[Key.kernel.rawValue] ?? "" }
    public var release: String { self[Key.release.rawValue] ?? "" }
    public var endianness: Endianness {
        self[Key.endian.rawValue].flatMap(Endianness.init) ?? .big
    }
    public var architecture: ELFMachine {
        ELFMachine(rawValue: self[Key.architecture.rawValue].flatMap { UInt16($0) } ?? 0)
    }
    /// Bytes of a page: a power of two.
    public var pageSize: UInt64 { self[Key.pageSize.rawValue].flatMap { UInt64($0) } ?? 4096 }

    public static func == (a: Self, b: Self) -> Bool { a.text == b.text }
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension TruthFacts {
    var text: String { lines.map { "\($0.key)=\($0.value)\n" }.joined() }

    /// Errors: a line without an equals sign, a fact that is missing or cannot be; `offset` is where the text begins.
    init(parsing bytes: [UInt8], offset: Int) throws(BinaryError) {
        var position = offset
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            defer { position += line.count + 1 }
            guard !line.isEmpty else { continue }
            guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else {
                throw .invalid(field: "facts", offset: position, found: "a line without an equals sign")
            }
            let key = String(decoding: line[..<equals], as: UTF8.self)
            self.lines.append((key, String(decoding: line[line.index(after: equals)...], as: UTF8.self)))
        }
        guard let size = self[Key.pageSize.rawValue].flatMap({ UInt64($0) }),
            size.nonzeroBitCount == 1, (4096...(1 << 20)).contains(size)
        else {
            throw .invalid(
                field: Key.pageSize.rawValue,
                offset: offset,
                found: self[Key.pageSize.rawValue] ?? "nothing"
            )
        }
        guard self[Key.endian.rawValue].flatMap(Endianness.init) != nil else {
            throw .invalid(
                field: Key.endian.rawValue,
                offset: offset,
                found: self[Key.endian.rawValue] ?? "nothing"
            )
        }
    }
}
