import BinaryCodec
import CoreFile

/// A `vmlinux`: an ELF executable with the sections, symbols and debugging information of a description.
///
/// Sections without bytes take no room in it, so that it is as small as what is known of the kernel.
public struct ImageFile: Sendable {
    public let bytes: [UInt8]

    /// Errors: too many sections for an ELF file; more than 4 GiB of debugging information.
    public init(_ description: ImageDescription) throws(BinaryError) {
        var parts = PartList()
        for section in description.sections { parts.add(section) }
        if !description.buildID.isEmpty { parts.add(buildID: description.buildID, description.endianness) }
        let debug = try DebugInformation(description)
        parts.add(".debug_info", debug.info)
        parts.add(".debug_abbrev", debug.abbreviations)
        parts.add(".debug_str", debug.strings)
        parts.add(symbols: description.symbols, in: description.sections, description.endianness)
        bytes = try parts.assembled(description)
    }
}
