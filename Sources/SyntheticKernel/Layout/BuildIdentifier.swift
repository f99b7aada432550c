/// The identifier of a build, by which debuggers find the vmlinux of a dump.
extension KernelLayout {
    /// 20 bytes that follow from what the kernel is: the same kernel has the same everywhere, two that differ in release,
    /// byte order, page size or architecture have not. VMCOREINFO has it in lines of kernels that tell it, the note of
    /// vmlinux always.
    public var buildID: [UInt8] {
        let text = "\(profile.name) \(profile.release) \(endianness) \(pageSize) \(architecture.name)"
        // FNV-1a over the text, once for each byte of the identifier.
        return (0..<20).map { index -> UInt8 in
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(index)
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            return UInt8(truncatingIfNeeded: hash >> 32)
        }
    }

    /// The same as VMCOREINFO has it behind BUILD-ID=.
    public var buildIDText: String {
        buildID.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
