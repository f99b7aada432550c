import BinaryCodec
import CoreFile
import KernelProfile

/// The crash info header: what the crashing kernel tells the next one, behind the copy of boot memory.
///
/// Layout, in the kernel's byte order: magic 8, address of the ELF core header 8, crashing CPU 4, pad 4, the
/// registers, the mask of online CPUs (one bit a CPU, in words of 8 bytes).
/// Source: `struct fadump_crash_info_header` (Linux 3.4, arch/powerpc/include/asm/fadump.h).
public struct CrashInfoHeader: Sendable, Hashable {
    /// The CPU that no crash has named.
    public static let noCPU: UInt32 = 0xffff_ffff

    public var magic: UInt64
    public var coreHeader: UInt64
    public var crashingCPU: UInt32
    public var registers: PowerRegisters
    public var onlineCPUs: Set<UInt32>

    static func byteCount(_ profile: KernelProfile) -> Int {
        24 + 8 * profile.crashInfo.registerWords + maskBytes(profile)
    }

    private static func maskBytes(_ profile: KernelProfile) -> Int { (profile.maximumCPUs + 63) / 64 * 8 }

    /// The header as registration leaves it: no crash yet.
    init(coreHeader: UInt64, _ profile: KernelProfile) {
        magic = profile.crashInfo.magic
        self.coreHeader = coreHeader
        crashingCPU = Self.noCPU
        registers = PowerRegisters()
        onlineCPUs = []
    }

    init(parsing bytes: [UInt8], _ profile: KernelProfile, _ endianness: Endianness) throws(BinaryError) {
        var reader = BinaryReader(bytes, endianness)
        magic = try reader.u64("crash info header magic")
        coreHeader = try reader.u64("address of the ELF core header")
        crashingCPU = try reader.u32("crashing CPU")
        try reader.skip(4, "crash info header padding")
        var words: [UInt64] = []
        for _ in 0..<profile.crashInfo.registerWords { words.append(try reader.u64("crash registers")) }
        registers = PowerRegisters(words: words)
        onlineCPUs = []
        for word in 0..<(Self.maskBytes(profile) / 8) {
            let bits = try reader.u64("mask of online CPUs")
            for bit in 0..<64 where bits >> UInt64(bit) & 1 == 1 {
                onlineCPUs.insert(UInt32(64 * word + bit))
            }
        }
    }

    func bytes(_ profile: KernelProfile, _ endianness: Endianness) -> [UInt8] {
        var writer = BinaryWriter(endianness, reservingCapacity: Self.byteCount(profile))
        writer.put(magic)
        writer.put(coreHeader)
        writer.put(crashingCPU)
        writer.pad(4)
        for word in registers.words(count: profile.crashInfo.registerWords) { writer.put(word) }
        for word in 0..<(Self.maskBytes(profile) / 8) {
            var bits: UInt64 = 0
            for bit in 0..<64 where onlineCPUs.contains(UInt32(64 * word + bit)) { bits |= 1 << UInt64(bit) }
            writer.put(bits)
        }
        return writer.bytes
    }
}
