/// A stretch of physical memory that the figures draw as one box.
public struct MemoryPart: Sendable, Hashable, Encodable {
    /// What the memory is for.
    public enum Kind: String, Sendable, Hashable, Encodable, CaseIterable {
        /// Low memory that a kernel can boot in.
        case bootMemory = "boot-memory"
        /// Other memory that the running kernel uses.
        case memory
        /// Addresses without memory.
        case hole
        /// Memory that firmware keeps for itself.
        case firmware = "OPAL"
        /// Memory of the crashed kernel, held where it lay.
        case held
        /// The register save area.
        case cpu = "CPU"
        /// The HPTE save area.
        case hpte = "HPTE"
        /// The copy of boot memory.
        case dump = "DUMP"
        /// Crash info header and ELF core header.
        case elf = "ELF"
        /// The crash info header alone, of kernels that leave the ELF core header to the capture kernel.
        case info = "INFO"
        /// What a kernel on a bare machine leaves for the next one: where boot memory was saved.
        case metadata = "META"
        /// Parameters that the capture kernel will append to its command line.
        case parameters = "PARAM"
        /// Memory of the reserved dump area that only aligns the next part.
        case padding
        /// Reserved for a kdump kernel.
        case kdump

        /// The kind of a section of the reserved dump area, by the name that the figures give it.
        init?(section: String) {
            guard let kind = Kind(rawValue: section), kind.isSection || kind == .parameters else {
                return nil
            }
            self = kind
        }

        /// Whether it is part of the reserved dump area.
        public var isSection: Bool { [.cpu, .hpte, .dump, .elf, .info, .metadata, .padding].contains(self) }
    }

    public var kind: Kind
    public var start: UInt64
    public var size: UInt64

    /// The first address behind it.
    var end: UInt64 { start &+ size }

    /// What it says in its box.
    var label: String {
        switch kind {
        case .cpu, .hpte, .dump, .elf, .info, .metadata, .parameters, .firmware: kind.rawValue
        case .kdump: "kdump"
        case .hole: "hole"
        case .bootMemory, .memory, .held, .padding: ""
        }
    }

    /// What it is, in words.
    var meaning: String {
        switch kind {
        case .bootMemory: "boot memory"
        case .memory: "memory of the running kernel"
        case .hole: "hole: no memory"
        case .firmware: "OPAL: firmware's own, and room for its dump"
        case .held: "held for the dump where it lay"
        case .cpu: "CPU: register save area"
        case .hpte: "HPTE: page table entries"
        case .dump: "DUMP: copy of boot memory"
        case .elf: "ELF: crash info header, ELF core header"
        case .info: "INFO: crash info header"
        case .metadata: "META: where boot memory was saved"
        case .parameters: "PARAM: parameters for a capture kernel"
        case .padding: "padding to a page"
        case .kdump: "reserved for a kdump kernel"
        }
    }
}
