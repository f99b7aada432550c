import CLinux
import Glibc
import SystemPackage

/// What a helper may not do: nearly everything.
enum Confinement {
    /// The most address space it may take: the program itself, an index of a large flattened file, a few pages.
    private static let memory: UInt = 1 << 30
    /// Seconds of processor time for one answer.
    private static let seconds: UInt = 20

    /// Gives up rights that reading does not need: other descriptors, memory without bounds, writing files, dumping
    /// core, being root, and all system calls but a few.
    ///
    /// Errors: what could not be given up; where the kernel has no filter for system calls, it goes without.
    static func enter(keeping last: Int32) throws(Errno) {
        try check(clinux_close_from(UInt32(last + 1)))
        try limit(RLIMIT_AS, memory)
        try limit(RLIMIT_FSIZE, 0)
        try limit(RLIMIT_CORE, 0)
        // What is open stays open; nothing more can be opened.
        try limit(RLIMIT_NOFILE, 0)
        try check(clinux_become_nobody())
        try check(clinux_only_read_and_answer())
    }

    /// Sets the processor time that may be used from now on; then the helper is killed.
    static func allowMoreTime() {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let used = UInt(max(0, usage.ru_utime.tv_sec)) + UInt(max(0, usage.ru_stime.tv_sec))
        var limit = rlimit(rlim_cur: used + 1 + seconds, rlim_max: rlim_t.max)
        setrlimit(__rlimit_resource_t(UInt32(RLIMIT_CPU.rawValue)), &limit)
    }

    private static func limit(_ resource: __rlimit_resource, _ value: UInt) throws(Errno) {
        var limit = rlimit(rlim_cur: value, rlim_max: value)
        try check(setrlimit(__rlimit_resource_t(resource.rawValue), &limit))
    }

    private static func check(_ result: Int32) throws(Errno) {
        guard result >= 0 else { throw Errno(rawValue: errno) }
    }
}
