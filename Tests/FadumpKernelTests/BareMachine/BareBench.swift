import BinaryCodec
import CoreFile
import FadumpKernel
import KernelProfile
import PhysicalMemory
import PowerFirmware
import Testing

/// The kernels that know OPAL.
let bareKernels = KernelProfile.all.filter { $0.opal != nil }

extension KernelProfile {
    /// The last of the list.
    static var newest: KernelProfile { all[all.count - 1] }
}

extension Bench {
    /// A kernel on a bare machine with room for four CPUs, of which two run.
    static func bare(
        _ kernel: KernelProfile,
        memory: MemoryMap = MemoryMap(size: 4 << 30),
        commandLine: String = "fadump=on",
        faults: String = "",
        cpus: [UInt32] = [0, 2],
        supportsDump: Bool = true,
        rma: UInt64 = 256 << 20
    ) throws -> Bench {
        try Bench(
            #require(kernel.onOPAL),
            memory: memory,
            commandLine: commandLine,
            faults: faults,
            supportsDump: supportsDump,
            rma: rma,
            maximumCPUs: 4,
            cpus: cpus,
            platform: .powernv
        )
    }

    /// Registers where the kernel has not done so by itself.
    mutating func registerOnce() { if show(.fadumpRegistered) == "0\n" { _ = write(.fadumpRegistered, "1") } }

    /// The registers of the CPUs in /proc/vmcore.
    func dumpedCPUs() throws -> [PowerRegisters] {
        try #require(kernel.vmcore).notes
            .filter { $0.type == PRStatus.noteType && $0.name == PRStatus.noteName }
            .map { try PRStatus(parsing: $0.descriptor, options.endianness).registers }
    }
}
