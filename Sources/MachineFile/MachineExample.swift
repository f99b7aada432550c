/// A machine file that comes with the program.
public struct MachineExample: Sendable, Hashable {
    public var name: String
    public var text: String

    /// All of them, by name.
    public static let all: [MachineExample] = [
        example("busy-firmware", PackageResources.busy_firmware_toml),
        example("damaged-dump", PackageResources.damaged_dump_toml),
        example("design-document", PackageResources.design_document_toml),
        example("kdump-fallback", PackageResources.kdump_fallback_toml),
        example("large", PackageResources.large_toml),
        example("memory-hole", PackageResources.memory_hole_toml),
        example("two-nodes", PackageResources.two_nodes_toml),
    ]

    /// What it shows: its first comment.
    public var summary: String {
        let lines = text.split(separator: "\n").prefix { $0.hasPrefix("#") }
        return lines.map { $0.dropFirst(2) }.joined(separator: " ")
    }

    private static func example(_ name: String, _ bytes: [UInt8]) -> MachineExample {
        MachineExample(name: name, text: String(decoding: bytes, as: UTF8.self))
    }
}
