import CoreFile
import PhysicalMemory
import SystemPackage

/// What the architecture of the dump adds to the kernel's memory.
extension KernelLayout {
    /// Entries of the root of the page tables.
    var pageDirectoryEntries: Int {
        switch architecture.paging {
        case .hidden: 8192
        case .fourLevels: 512
        }
    }

    /// Writes the page tables that tools follow.
    ///
    /// Errors: those of writing memory.
    func writePageTables(in ram: PhysicalRAM) throws(Errno) {
        guard architecture.paging == .fourLevels else { return }
        let tables = X86PageTables(
            memory: ram.map,
            root: image.pageDirectory,
            others: image.upperDirectories,
            room: image.node - image.upperDirectories,
            directMap: architecture.directMap,
            imageMap: architecture.imageMap
        ).tables
        for table in tables { try ram.write(table.bytes(), at: PhysicalAddress(table.address)) }
    }

    /// The lines of VMCOREINFO that the architecture adds, without newlines.
    ///
    /// Source: `arch_crash_save_vmcoreinfo` (Linux 6.1, arch/x86/kernel/machine_kexec_64.c).
    var architectureLines: [String] {
        guard architecture.paging == .fourLevels else { return [] }
        let directory = String(architecture.imageAddress(image.pageDirectory), radix: 16)
        return [
            "NUMBER(phys_base)=0",
            "SYMBOL(init_top_pgt)=\(directory)",
            "NUMBER(pgtable_l5_enabled)=0",
            "KERNELOFFSET=0",
            "NUMBER(KERNEL_IMAGE_SIZE)=1073741824",
            "NUMBER(sme_mask)=0",
        ]
    }
}
