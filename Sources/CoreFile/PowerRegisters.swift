/// The registers of a Power CPU in the order of the kernel's `struct pt_regs` and of a core file's note.
///
/// 48 words of 8 bytes; those from 44 on have no use in kernels up to 4.x.
/// Source: arch/powerpc/include/asm/ptrace.h, elf.h (Linux 3.4).
public struct PowerRegisters: Hashable, Sendable {
    public static let wordCount = 48

    public private(set) var words: [UInt64]

    public init() { words = Array(repeating: 0, count: Self.wordCount) }

    /// Missing words are 0, superfluous ones are dropped.
    public init(words: [UInt64]) {
        let given = words.prefix(Self.wordCount)
        self.words = given + Array(repeating: 0, count: Self.wordCount - given.count)
    }

    /// The first `count` words: older kernels have fewer than 48.
    public func words(count: Int) -> [UInt64] { Array(words.prefix(max(0, count))) }

    public var gpr: [UInt64] {
        get { Array(words[0..<32]) }
        set { for (index, value) in newValue.prefix(32).enumerated() { words[index] = value } }
    }

    public var nip: UInt64 {
        get { words[32] }
        set { words[32] = newValue }
    }
    public var msr: UInt64 {
        get { words[33] }
        set { words[33] = newValue }
    }
    public var originalGPR3: UInt64 {
        get { words[34] }
        set { words[34] = newValue }
    }
    public var ctr: UInt64 {
        get { words[35] }
        set { words[35] = newValue }
    }
    public var link: UInt64 {
        get { words[36] }
        set { words[36] = newValue }
    }
    public var xer: UInt64 {
        get { words[37] }
        set { words[37] = newValue }
    }
    public var ccr: UInt64 {
        get { words[38] }
        set { words[38] = newValue }
    }
    public var softe: UInt64 {
        get { words[39] }
        set { words[39] = newValue }
    }
    public var trap: UInt64 {
        get { words[40] }
        set { words[40] = newValue }
    }
    public var dar: UInt64 {
        get { words[41] }
        set { words[41] = newValue }
    }
    public var dsisr: UInt64 {
        get { words[42] }
        set { words[42] = newValue }
    }
    public var result: UInt64 {
        get { words[43] }
        set { words[43] = newValue }
    }
}
