import BinaryCodec
import CoreFile
import KernelProfile

/// The crash info header: what the crashing kernel tells the next one, behind the copy of boot memory.
///
/// Layout, in the kernel's byte order. Up to 6.1: magic 8, address of the ELF core header 8, crashing CPU 4, pad 4.
/// From 6.10 on: magic 8, version 4, crashing CPU 4, address and size of the VMCOREINFO note 8 each, sizes of registers
/// and mask 4 each. In both then the registers, and the mask of CPUs (one bit a CPU, in words of 8 bytes).
/// Source: `struct fadump_crash_info_header` (Linux 3.4, asm/fadump.h; Linux 6.10, asm/fadump-internal.h).
public struct CrashInfoHeader: Sendable, Hashable {
    /// The CPU that no crash has named.
    public static let noCPU: UInt32 = 0xffff_ffff

    public var magic: UInt64
    /// Up to 6.1.
    public var coreHeader: UInt64 = 0
    public var crashingCPU: UInt32 = Self.noCPU
    /// From 6.10 on, with its size.
    public var vmcoreinfo: UInt64 = 0
    public var vmcoreinfoSize: UInt64 = 0
    /// From 6.10 on: bytes of the registers and of the mask.
    public var registerSize: UInt32
    public var maskSize: UInt32
    public var registers = PowerRegisters()
    /// The CPUs whose registers belong into the dump.
    public var cpus: Set<UInt32> = []

    /// Bytes of the header in the kernel of this profile.
    static func byteCount(_ profile: KernelProfile) -> Int {
        let front =
            switch profile.crashInfo.format {
            case .coreHeader: 24
            case .versioned: 40
            }
        return front + registerBytes(profile) + maskBytes(profile)
    }

    private static func registerBytes(_ profile: KernelProfile) -> Int { 8 * profile.crashInfo.registerWords }
    private static func maskBytes(_ profile: KernelProfile) -> Int { (profile.maximumCPUs + 63) / 64 * 8 }

    /// A header without a crash.
    init(_ profile: KernelProfile) {
        magic = profile.crashInfo.magic
        registerSize = UInt32(clamping: Self.registerBytes(profile))
        maskSize = UInt32(clamping: Self.maskBytes(profile))
    }

    /// Whether the sizes in the header are those of this kernel: only then do registers and mask lie where it looks.
    func hasSizes(of profile: KernelProfile) -> Bool {
        let own = CrashInfoHeader(profile)
        return registerSize == own.registerSize && maskSize == own.maskSize
    }
}

extension CrashInfoHeader {
    init(parsing bytes: [UInt8], _ profile: KernelProfile, _ endianness: Endianness) throws(BinaryError) {
        self.init(profile)
        var reader = BinaryReader(bytes, endianness)
        magic = try reader.u64("crash info header magic")
        switch profile.crashInfo.format {
        case .coreHeader:
            coreHeader = try reader.u64("address of the ELF core header")
            crashingCPU = try reader.u32("crashing CPU")
            try reader.skip(4, "crash info header padding")
        case .versioned:
            try reader.skip(4, "crash info header version")
            crashingCPU = try reader.u32("crashing CPU")
            vmcoreinfo = try reader.u64("address of VMCOREINFO")
            vmcoreinfoSize = try reader.u64("size of VMCOREINFO")
            registerSize = try reader.u32("size of the crash registers")
            maskSize = try reader.u32("size of the mask of CPUs")
        }
        var words: [UInt64] = []
        for _ in 0..<profile.crashInfo.registerWords { words.append(try reader.u64("crash registers")) }
        registers = PowerRegisters(words: words)
        for word in 0..<(Self.maskBytes(profile) / 8) {
            let bits = try reader.u64("mask of CPUs")
            for bit in 0..<64 where bits >> UInt64(bit) & 1 == 1 { cpus.insert(UInt32(64 * word + bit)) }
        }
    }

    func bytes(_ profile: KernelProfile, _ endianness: Endianness) -> [UInt8] {
        var writer = BinaryWriter(endianness, reservingCapacity: Self.byteCount(profile))
        writer.put(magic)
        switch profile.crashInfo.format {
        case .coreHeader:
            writer.put(coreHeader)
            writer.put(crashingCPU)
            writer.pad(4)
        case .versioned(let version):
            writer.put(version)
            writer.put(crashingCPU)
            writer.put(vmcoreinfo)
            writer.put(vmcoreinfoSize)
            writer.put(registerSize)
            writer.put(maskSize)
        }
        for word in registers.words(count: profile.crashInfo.registerWords) { writer.put(word) }
        var mask = [UInt64](repeating: 0, count: Self.maskBytes(profile) / 8)
        for cpu in cpus where cpu / 64 < mask.count { mask[Int(cpu / 64)] |= 1 << UInt64(cpu % 64) }
        for word in mask { writer.put(word) }
        return writer.bytes
    }
}

extension FadumpKernel {
    /// The header as registration leaves it in `area`: no crash yet.
    ///
    /// Source: `init_fadump_header` (Linux 3.4; 6.1 for the preset mask; 6.10).
    func crashInfo(for area: ReservedArea, _ hardware: Hardware) -> CrashInfoHeader {
        var header = CrashInfoHeader(profile)
        switch profile.crashInfo.format {
        case .coreHeader:
            header.coreHeader = area.coreHeader
        case .versioned:
            header.vmcoreinfo = CopiedMemory(area).place(of: vmcoreinfoAddress)
            header.vmcoreinfoSize = vmcoreinfoSize
        }
        if profile.crashInfo.presetsPossibleCPUs {
            let possible = min(hardware.firmware.configuration.maximumCPUs, profile.maximumCPUs)
            header.cpus = Set((0..<max(0, possible)).map { UInt32($0) })
        }
        return header
    }
}
