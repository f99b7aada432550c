import SystemPackage

/// What this kernel's sysfs, debugfs and procfs answer to operations that are no part of fadump.
///
/// Source: recorded from kernels of the era, operation by operation.
public struct FileRules: Sendable, Hashable {
    /// fsync of a sysfs file; nil succeeds.
    public var sysfsSync: Errno?
    /// Setting an extended attribute of a sysfs file.
    public var sysfsExtendedAttribute: Errno
    /// Whether root's `trusted.*` attributes of a sysfs file are kept.
    public var sysfsKeepsTrustedAttributes: Bool
    /// Making a regular file in a sysfs directory.
    public var sysfsCreate: Errno
    /// Making a directory, link or another name in a sysfs directory.
    public var sysfsNewName: Errno
    /// Making a directory, link or another name in /proc.
    public var procNewName: Errno
    /// A sysfs file that is read from the middle gives its text once more behind the rest (4.19).
    public var sysfsRepeatsTextBehindJump: Bool
    /// /proc/device-tree leads to /sys/firmware/devicetree/base.
    public var deviceTreeIsInSysfs: Bool
    /// The permission bits of the root of debugfs.
    public var debugfsRootMode: UInt16
    /// Whether /proc/meminfo counts memory for CMA, where the kernel is built with it.
    public var countsCMA: Bool
    /// Whether /sys/kernel/vmcoreinfo writes its address with 0x and 16 digits.
    public var vmcoreinfoHasPrefix: Bool
}
