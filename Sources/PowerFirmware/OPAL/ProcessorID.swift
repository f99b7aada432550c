/// How the threads of a bare machine are numbered by their hardware: chip, core, thread (PIR).
///
/// Chips have 16 cores of four threads. The first core of every chip is missing, as in machines where one is taken out of
/// service: so that a PIR is never by chance the number that a kernel gave the CPU.
/// Source: skiboot, include/chip.h, the fields of a POWER9's PIR.
public enum ProcessorID {
    private static let threadsPerCore: UInt32 = 4
    private static let coresPerChip: UInt32 = 16
    /// The value of the processor version register: a POWER9, the first with memory preserving IPL.
    static let version: UInt64 = 0x004e_1202

    /// The PIR of the CPU that kernels number `cpu`.
    public static func pir(ofCPU cpu: UInt32) -> UInt32 {
        let core = cpu / threadsPerCore
        return chip(ofCPU: cpu) << 8 | (core % coresPerChip + 1) << 2 | cpu % threadsPerCore
    }

    static func chip(ofCPU cpu: UInt32) -> UInt32 { cpu / (threadsPerCore * coresPerChip) }
}
