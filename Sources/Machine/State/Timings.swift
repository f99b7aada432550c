/// How long a machine with a real clock takes for what takes no time on an instant one.
///
/// Source: measured on ppc64 kernels in an emulated pseries machine: 5 to 8 seconds to user space.
enum Timings {
    /// Milliseconds firmware takes to reset PCI and other hardware and to launch the bootloader.
    static let hardwareReset: UInt64 = 3000
    /// Milliseconds from the bootloader to user space.
    static let boot: UInt64 = 5000
    /// Bytes a millisecond that firmware copies while it preserves boot memory.
    static let preservationRate: UInt64 = 4 << 20

    static func preservation(of bytes: UInt64) -> UInt64 { bytes / preservationRate }
}
