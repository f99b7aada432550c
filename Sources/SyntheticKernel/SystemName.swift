import BinaryCodec
import CoreFile
import KernelProfile

/// The names that `uname` gives, and the banner that is printed at boot.
struct SystemName {
    let fields: [String]

    init(_ profile: KernelProfile, _ endianness: Endianness, _ architecture: DumpArchitecture) {
        let machine = architecture.machineName(endianness)
        fields = ["Linux", "(none)", profile.release, "#1 SMP", machine, "(none)"]
    }

    var banner: String { "Linux version \(fields[2]) (fadumpfs) \(fields[3])\n" }

    /// `struct uts_namespace`: a reference count of 4 bytes, then six strings of 65 bytes.
    ///
    /// Source: include/linux/utsname.h (Linux 3.4); tools assume the offset 4.
    func namespaceBytes(_ endianness: Endianness) -> [UInt8] {
        var writer = BinaryWriter(endianness)
        writer.put(UInt32(1))
        for field in fields {
            let bytes = Array(field.utf8.prefix(64))
            writer.put(bytes)
            writer.pad(65 - bytes.count)
        }
        return writer.bytes
    }
}
