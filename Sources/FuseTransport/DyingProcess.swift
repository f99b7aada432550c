import Glibc
import SystemPackage

/// Whether a process waits for nothing more than to be let go.
enum DyingProcess {
    /// True for a thread with SIGKILL pending, which every fatal signal turns into, and for one that cannot be seen.
    ///
    /// `processes` is where the threads of the requests' own PID namespace are found.
    static func isDying(_ thread: pid_t, in processes: String) -> Bool {
        guard thread > 0, let status = read("\(processes)/\(thread)/status") else { return true }
        let kill: UInt64 = 1 << (UInt64(SIGKILL) - 1)
        for line in status.split(separator: "\n") where line.hasPrefix("SigPnd:") || line.hasPrefix("ShdPnd:")
        {
            let digits = line.drop { $0 != "\t" }.dropFirst()
            if let pending = UInt64(digits, radix: 16), pending & kill != 0 { return true }
        }
        return false
    }

    private static func read(_ path: String) -> String? {
        guard let file = try? FileDescriptor.open(path, .readOnly, options: .closeOnExec) else { return nil }
        defer { try? file.close() }
        var buffer = [UInt8](repeating: 0, count: 4096)
        guard let count = try? buffer.withUnsafeMutableBytes({ try file.read(into: $0) }) else { return nil }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }
}
