import KernelProfile

/// Where in the kernel image the emulated kernel's data lie, as physical addresses.
///
/// What a recording gave is the profile's; the rest is chosen: between the text and the page directory, and behind the
/// data, where real kernels have their uninitialized data.
public struct ImagePlan: Sendable, Hashable {
    public let text: UInt64 = 0
    public let textEnd: UInt64 = 0x4d_0000
    public let banner: UInt64
    public let utsNamespace: UInt64
    public let pageDirectory: UInt64

    // Data
    public let initTask: UInt64 = 0x50_0000
    public let initThreadUnion: UInt64 = 0x51_0000
    /// More tasks, 0x4000 bytes each, with their signal structures.
    public let tasks: UInt64 = 0x53_0000
    /// The first namespace of process numbers, the node of its array, and the numbers, 0x100 bytes each.
    public let processNamespace: UInt64 = 0x57_0000
    public let processNode: UInt64 = 0x57_1000
    public let processNumbers: UInt64 = 0x57_2000
    public let initMM: UInt64 = 0x58_0000
    public let nodeData: UInt64 = 0x58_1000
    /// One mask for each state that a node may be in; the second is of the nodes that are online.
    public let nodeStates: UInt64 = 0x58_2000
    public var nodeOnlineMap: UInt64 { nodeStates + 32 }
    public let cpuMasks: UInt64 = 0x58_3000
    /// Pointers and numbers that belong to a single symbol, 64 bytes each.
    public let scalars: UInt64 = 0x58_8000

    // The log
    public let ringBuffer: UInt64 = 0x5d_0000
    public let descriptors: UInt64 = 0x60_0000
    public let infos: UInt64 = 0x62_0000
    public let logText: UInt64 = 0x68_0000

    // Uninitialized data
    public let sectionRoots: UInt64 = 0x80_0000
    public let upperDirectories: UInt64 = 0x90_0000
    public let node: UInt64 = 0xa0_0000
    public let end: UInt64

    public init(_ profile: KernelProfile) {
        banner = profile.image.banner
        utsNamespace = profile.image.utsNamespace
        pageDirectory = profile.image.pageDirectory
        end = profile.image.firstFree
    }

    /// The place of a pointer or a number that is a symbol of its own.
    func scalar(_ scalar: Scalar) -> UInt64 { scalars + 64 * UInt64(scalar.rawValue) }

    /// Symbols of a few bytes.
    enum Scalar: Int, CaseIterable {
        case prb, clearSequence, logBuffer, logEnd, logBufferLength, loggedChars, logStart
        case logFirstIndex, logNextIndex, clearIndex, memSection, maxPFN, highMemory, nodeCount
        case maxMapNumber, saved, addressSpace, anonymous, slabCache, privateData
    }
}
