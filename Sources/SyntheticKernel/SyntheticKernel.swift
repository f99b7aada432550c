import BinaryCodec
import CoreFile
import KernelProfile
import PhysicalMemory
import SystemPackage

/// What a booted kernel leaves in memory, so that a dump of it is a dump of something.
///
/// The emulated kernel runs no code; tools that open its dump look for a few of its data structures. They are
/// written at every boot, at the addresses of the profile's image.
public enum SyntheticKernel {
    /// Writes the name of the system, the banner and the VMCOREINFO note into `ram`.
    ///
    /// Errors: those of writing memory; the kernel image lies in memory that is never frozen.
    public static func leaveTraces(
        of profile: KernelProfile,
        _ endianness: Endianness,
        pageSize: UInt64,
        architecture: DumpArchitecture = .power,
        in ram: PhysicalRAM
    ) throws(Errno) {
        let image = profile.image
        let layout = KernelLayout(profile, endianness, pageSize: pageSize, architecture: architecture)
        let name = SystemName(profile, endianness, architecture)
        try ram.write(name.namespaceBytes(endianness), at: PhysicalAddress(image.utsNamespace))
        try ram.write(Array(name.banner.utf8) + [0], at: PhysicalAddress(image.banner))

        var writer = BinaryWriter(endianness)
        VMCoreInfoText.vmcoreinfo(layout).note
            .write(to: &writer)
        writer.pad(12)
        try ram.write(writer.bytes, at: PhysicalAddress(image.vmcoreinfoNote))
        try layout.writePageTables(in: ram)
    }
}
