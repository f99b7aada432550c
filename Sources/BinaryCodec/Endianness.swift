/// The order of the bytes of a number in memory.
///
/// Firmware structures are big-endian whatever the kernel is; ELF files, notes and kernel structures follow
/// the kernel.
public enum Endianness: String, Sendable, Hashable, CaseIterable {
    case big
    case little
}
