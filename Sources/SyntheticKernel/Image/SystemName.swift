import BinaryCodec
import KernelProfile

/// The names that `uname` gives, and the banner that is printed at boot.
struct SystemName {
    let fields: [String]

    init(_ layout: KernelLayout) {
        let machine = layout.architecture.machineName(layout.endianness)
        fields = ["Linux", "(none)", layout.profile.release, "#1 SMP", machine, "(none)"]
    }

    var banner: String { "Linux version \(fields[2]) (fadumpfs) \(fields[3])\n" }

    /// `struct uts_namespace`: in older kernels a reference count, then six strings of 65 bytes.
    ///
    /// Source: include/linux/utsname.h (Linux 3.4, 6.1).
    func namespaceBytes(_ layout: KernelLayout) -> [UInt8] {
        var bytes = StructureBytes("uts_namespace", layout)
        bytes.set("kref.refcount.counter", 1)
        let names = ["sysname", "nodename", "release", "version", "machine", "domainname"]
        for (name, field) in zip(names, fields) { bytes.set("name.\(name)", field.utf8.prefix(64)) }
        return bytes.bytes
    }
}
