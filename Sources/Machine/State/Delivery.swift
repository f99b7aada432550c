import CoreFile
import FadumpKernel
import Glibc
import PhysicalMemory

extension MachineState {
    /// Bytes of memory that are copied at most to lay memory out for a dump; a machine that is switched on has little.
    private static let copyLimit: UInt64 = 64 << 20
    /// The largest memory that is laid out: two stores of its size fit into this process's addresses.
    private static let layoutLimit: UInt64 = 16 << 40
    /// Bytes of a large page array that are stored at most, when a dump is opened for the first time.
    ///
    /// The array of a machine with 4 KiB pages is a 64th of its memory, of one with 64 KiB pages a 1024th: this is that of
    /// 16 GiB or of 256 GiB, and the table of its sections. Storing it takes about 0.5 ms for a MiB, once for a dump, and
    /// is paid back by a few times as much that is read; boot, crash, and who never opens the dump pay nothing.
    private static let arrayLimit: UInt64 = 257 << 20

    /// Lets memory lie as the dump of this boot will show it, if it has one.
    mutating func layMemoryOut(for kernel: FadumpKernel) {
        // Until a dump is gone, memory belongs to it; what is fresh then lies as it did before the crash.
        guard !hardware.firmware.hasWaitingDump, kernel.vmcore == nil else { return }
        scattered = configuration.madeUpMemory
        guard scattered == nil else { return }
        guard hardware.ram.map.total <= Self.layoutLimit else {
            hardware.ram.layOutByAddress()
            scattered = "memory is larger than \(ByteSize.text(Self.layoutLimit)), and is not laid out"
            return
        }
        guard let layout = kernel.foreseenDump(hardware) else {
            hardware.ram.layOutByAddress()
            scattered = "the dump shows some of memory twice"
            return
        }
        do {
            let done = try hardware.ram.lay(out: layout, copyingAtMost: Self.copyLimit)
            if !done { scattered = "memory was in use before the boot that left the dump" }
        } catch {
            scattered = "the host has no memory to lay the dump out: \(error)"
        }
    }

    /// How a dump is delivered: settled once, when the boot has it. Every reason not to pass it through is told.
    func delivery(of core: CoreFile) -> VMCoreDelivery {
        if configuration.vmcore == .direct { return .direct("asked for") }
        if let transportRefusal { return .direct(transportRefusal) }
        if let scattered { return .direct(scattered) }
        if configuration.vmcore == .auto, core.size > HostMemory.share {
            return .direct(
                "the dump is larger than half of this host's memory, which a mapping of it could take"
            )
        }
        guard let settling = core.image.settling else {
            return .direct("the dump came out otherwise than memory was laid out for")
        }
        guard settling.madeUp <= Self.arrayLimit else {
            let (size, limit) = ((settling.madeUp + (1 << 20) - 1) >> 20, Self.arrayLimit >> 20)
            return .direct(
                "the page array is made up when it is read: \(size) MiB, and at most \(limit) MiB is stored"
            )
        }
        return .passthrough(settling)
    }
}

extension MachineConfiguration {
    /// Why memory as a whole is made up when it is read, and never stored; nil where it is not.
    var madeUpMemory: String? {
        if image != nil { return "memory comes from an image, and is read from there" }
        if fill != nil { return "memory follows from a seed, and is made up when it is read" }
        return nil
    }
}

/// The memory of the host that mappings of a dump may take.
///
/// A page that was never written takes none until somebody looks at it through a mapping.
enum HostMemory {
    /// Half of it, in bytes.
    static let share =
        UInt64(max(0, sysconf(Int32(_SC_PHYS_PAGES)))) * UInt64(max(0, sysconf(Int32(_SC_PAGESIZE)))) / 2
}

extension Machine {
    /// Says whether whoever serves the files can let the dump be read without asking; called before the machine starts.
    /// Nil where it can, else why not.
    public func served(refusingPassthrough reason: String?) {
        state.withLock { $0.transportRefusal = reason }
    }
}
