import CoreFile
import FadumpKernel
import Glibc
import PhysicalMemory

extension MachineState {
    /// Bytes of memory that are copied at most to lay memory out for a dump; a machine that is switched on has little.
    private static let copyLimit: UInt64 = 64 << 20
    /// The largest memory that is laid out: two stores of its size fit into this process's addresses.
    private static let layoutLimit: UInt64 = 16 << 40

    /// Lets memory lie as the dump of this boot will show it, if it has one.
    mutating func layMemoryOut(for kernel: FadumpKernel) {
        // Until a dump is gone, memory belongs to it; what is fresh then lies as it did before the crash.
        guard !hardware.firmware.hasWaitingDump, kernel.vmcore == nil else { return }
        scattered = nil
        guard hardware.ram.map.total <= Self.layoutLimit, let layout = kernel.foreseenDump(hardware) else {
            hardware.ram.layOutByAddress()
            scattered = "the dump shows memory in no order that one file can have"
            return
        }
        do {
            let done = try hardware.ram.lay(out: layout, copyingAtMost: Self.copyLimit)
            if !done { scattered = "memory was in use before the boot that left the dump" }
        } catch {
            scattered = "the host has no memory to lay the dump out: \(error)"
        }
    }

    /// How a dump is delivered: settled once, when the boot has it.
    func delivery(of core: CoreFile) -> VMCoreDelivery {
        let mode = configuration.vmcore
        if mode == .direct { return .direct("asked for") }
        if let transportRefusal { return .direct(transportRefusal) }
        if core.image.isMadeUp { return .direct("some of memory is made up when it is read") }
        if let scattered { return .direct(scattered) }
        let share = HostMemory.share
        if mode == .auto, core.size > share {
            return .direct(
                "the dump is larger than half of this host's memory, which a mapping of it could take"
            )
        }
        do {
            guard let store = try core.image.settledStore() else {
                return .direct("the dump came out otherwise than memory was laid out for")
            }
            return .passthrough(store)
        } catch {
            return .direct("the host could not make a file of the dump: \(error)")
        }
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
