import BinaryCodec
import CoreFile
import FadumpKernel
import KernelProfile
import PowerFirmware

extension MachineSetting {
    public var kind: SettingKind {
        switch self {
        case .name, .commandLine, .date, .fill, .image: .text
        case .memory, .hpteSize, .pageSize, .realModeArea: .size
        case .memoryMap: .ranges
        case .cpus, .maximumCPUs: .number(1...UInt64(KernelProfile.all.map(\.maximumCPUs).max() ?? 1))
        case .cpuModel: .choice(CPUModel.allCases.map(\.rawValue))
        case .endianness: .choice(Endianness.allCases.map(\.rawValue))
        case .mmu: .choice(MMU.allCases.map(\.rawValue))
        case .kernel: .choice(KernelProfile.all.map(\.name))
        case .dumpArchitecture: .choice(DumpArchitecture.all.map(\.name))
        case .build: .build
        case .platform: .choice(Platform.allCases.map(\.rawValue))
        case .firmware: .choice(MachineConfiguration.Firmware.allCases.map(\.rawValue))
        case .clock: .choice(MachineConfiguration.Clock.allCases.map(\.rawValue))
        case .seed: .number(0...UInt64.max)
        case .faults: .faults
        case .vmcore: .choice(VMCoreMode.allCases.map(\.rawValue))
        }
    }

    /// What it is, in a sentence.
    public var summary: String {
        switch self {
        case .name: "The machine's name; a machine is addressed by it, and only one runs under a name."
        case .memory: "RAM: 256M to 64T."
        case .memoryMap: "RAM as ranges instead, for nodes and holes, such as 0-256M,256M-2G or 0-1G,2G-3G."
        case .image:
            "A file with a real kernel's memory to boot with: a vmcore as it is, from makedumpfile, or raw."
        case .cpus: "CPUs that are online at power-on."
        case .maximumCPUs:
            "CPUs that firmware has room for where it saves registers; 64, in QEMU and on powernv as many as there are."
        case .cpuModel: "CPU model: how many registers firmware saves."
        case .hpteSize: "Bytes of the HPTE save area."
        case .pageSize: "The kernel's page size: 64K or 4K."
        case .endianness: "The kernel's byte order; by default that of the kernel profile."
        case .realModeArea: "Bytes of the real mode area: 256M, in QEMU the first range of RAM."
        case .mmu:
            "How addresses are translated: decides whether a kernel finds room for additional parameters."
        case .kernel: "Which kernel's behaviour."
        case .dumpArchitecture:
            "What its dumps look like: power; x86_64, a convenience for dump tools of x86 hosts."
        case .build:
            "What the kernel is built with: fa_dump=y|n, cma=y|n, debugfs=mounted|unmounted, nr_cpus=N."
        case .platform: "The machine: pseries, a partition with RTAS; powernv, the bare machine with OPAL."
        case .firmware:
            "The platform: PAPR as written, what QEMU's pseries does, or none that supports fadump."
        case .commandLine: "The kernel command line."
        case .clock: "instant: waits take no time; real: as long as kernel and firmware would take."
        case .date: "The date at power-on, such as 2012-02-16T12:00:00Z; by default the host's."
        case .seed: "The seed that all arbitrary contents follow from."
        case .fill: "Fills all memory with contents that take no storage: seed:N[,SHARE=PERCENT...]."
        case .faults:
            "What firmware answers, or does to a dump, instead of its work: CALL=STATUS or SECTION=FAULT."
        case .vmcore:
            "How /proc/vmcore is read: passthrough, as fast as memory; direct; auto, the best that can be had."
        }
    }

    /// More than a sentence, where one does not do.
    public var discussion: String {
        switch self {
        case .faults:
            """
            Calls: register, unregister, invalidate, os-term, each =STATUS[@Nth][*TIMES], such as register=-2*3 (busy \
            three times). Sections of the next dump: cpu-section, hpte-section, dump-section, each =FLAGS (0x1000), \
            =short:BYTES or =empty, cpu-section=corrupt; dump=error. Several are separated by commas.
            """
        case .image:
            """
            An ELF core, a kdump-compressed or flattened file, or memory alone (then give --page-size and --endian). \
            Memory, CPUs with their registers, VMCOREINFO, page size, byte order and kernel release are those of the \
            file, which is used in place and never written; each boot without a waiting dump begins with it.
            """
        case .dumpArchitecture:
            """
            With x86_64 memory and /proc/vmcore look like those of an x86_64 kernel (4 KiB pages, its addresses, page \
            tables and registers), so that makedumpfile and Debian's kdump-tools of an x86 host work on the dump. \
            Firmware and the fadump files stay those of Power. No such machine exists: test on power, too.
            """
        case .vmcore:
            """
            passthrough lets the kernel read and map the machine's memory itself (FUSE passthrough: Linux 6.9, \
            CAP_SYS_ADMIN); what is open over a release finds the file empty then. direct answers every read, with EIO \
            after a release, as /proc does. auto takes passthrough for dumps up to half of the host's memory, which a \
            mapping can take; passthrough lifts that bound. Memory that is made up (fill, image, large page arrays), and \
            a dump that comes out otherwise than foreseen at boot, is read directly in any case; status says why.
            """
        case .date:
            """
            Or seconds since 1970. The clock goes on with machine time, so that on an instant clock two equal machines \
            crash at the same time, and their dumps are equal byte for byte.
            """
        case .fill:
            """
            Every page has contents that follow from N and its address. Shares of pages: zero, cache, private (cache \
            with private data), user, slab, free; what is left is the kernel's own, such as seed:7,zero=30,user=40,free=20.
            """
        default: ""
        }
    }

    /// The other way to say the same; only one of them can be given.
    public var alternative: MachineSetting? {
        switch self {
        case .memory: .memoryMap
        case .memoryMap: .memory
        default: nil
        }
    }
}
