/// How a kernel tells that it faulted, and what its registers show then.
///
/// Source: `die`, `show_regs`, `bad_page_fault` (arch/powerpc of Linux 3.4 to 7.2); recorded from 3.4.113, 4.4.155,
/// 4.14.67 and 4.19.48, where `echo c > /proc/sysrq-trigger` is an oops.
public struct OopsRules: Sendable, Hashable {
    /// The line with the build of the kernel.
    public enum Build: Sendable, Hashable {
        case plain
        /// Begins with the byte order (4.10).
        case byteOrder
        /// Tells size of pages and way of translation, too (5.0).
        case pages
    }

    /// The line with the process that ran.
    public enum Process: Sendable, Hashable {
        /// The CPU alone, behind the registers (3.4).
        case none
        case pid
        /// The user as well (6.12).
        case userAndPID
    }

    /// How the registers tell whether interrupts were off by software.
    public enum Interrupts: String, Sendable, Hashable {
        case softe = "SOFTE"
        /// Which were masked, so that 0 is none (4.17).
        case mask = "IRQMASK"
    }

    /// What stands before the address of a bad access of data.
    public var dataFault: String
    public var build: Build
    public var process: Process
    /// Blanks behind the name of a register.
    public var gap: String
    public var interrupts: Interrupts
    /// The word `softe` of the crashing CPU in an oops, and in panic(), which switches interrupts off.
    public var softeInOops: UInt64
    public var softeInPanic: UInt64
    /// panic() switches interrupts off in the machine state, too.
    public var panicClearsEE: Bool
    /// The word `orig_gpr3` has where the kernel came from, which is told as CFAR.
    public var keepsCFAR: Bool
}
