import SystemPackage

/// What this kernel's sysfs, debugfs and procfs answer to operations that are no part of fadump.
///
/// Source: recorded from kernels of the era, operation by operation.
public struct FileRules: Sendable, Hashable {
    /// fsync of a sysfs file; nil succeeds.
    public var sysfsSync: Errno?
    /// Setting an extended attribute of a sysfs file.
    public var sysfsExtendedAttribute: Errno
    /// Making a file, directory, link or another name in a sysfs directory.
    public var sysfsNewName: Errno
    /// The permission bits of the root of debugfs.
    public var debugfsRootMode: UInt16
    /// Whether /proc/meminfo counts memory for CMA, where the kernel is built with it.
    public var countsCMA: Bool
    /// Whether /sys/kernel/vmcoreinfo writes its address with 0x and 16 digits.
    public var vmcoreinfoHasPrefix: Bool
}
