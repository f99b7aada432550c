import CoreFile
import KernelProfile

/// The lines of VMCOREINFO: only what is really in this memory.
///
/// Source: `crash_save_vmcoreinfo_init` (Linux 3.4, kernel/kexec.c): symbols in hexadecimal without 0x.
enum VMCoreInfoText {
    static func vmcoreinfo(_ layout: KernelLayout) -> VMCoreInfo {
        let profile = layout.profile
        let image = profile.image
        func symbol(_ name: String, _ address: UInt64) -> String {
            "SYMBOL(\(name))=\(String(layout.architecture.imageAddress(address), radix: 16))"
        }
        let lines =
            [
                "OSRELEASE=\(profile.release)",
                "PAGESIZE=\(layout.pageSize)",
                symbol("init_uts_ns", image.utsNamespace),
                symbol("swapper_pg_dir", image.pageDirectory),
                symbol("_stext", 0),
            ] + layout.architectureLines
        return VMCoreInfo(text: lines.joined(separator: "\n") + "\n")
    }
}
