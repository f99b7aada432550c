import CLinux
import Glibc
import SystemPackage

/// A user namespace for the boot.
struct UserMaps {
    let users: UserNamespace

    init(_ users: UserNamespace) { self.users = users }

    /// Makes the namespace and maps its users.
    func enter() throws {
        switch users {
        case .none: return
        case .own(let user, let group):
            try unshare()
            try Self.write("deny", to: "/proc/self/setgroups")
            try Self.write("0 \(user) 1", to: "/proc/self/uid_map")
            try Self.write("0 \(group) 1", to: "/proc/self/gid_map")
        case .same:
            try unshare()
            StageReport.wantsMaps.send()
            // Only somebody outside may map all numbers.
            while !Self.isMapped { usleep(500) }
        }
    }

    /// Maps all numbers to themselves, for a process that has just made a namespace.
    static func mapAll(of process: pid_t) throws(BootFailure) {
        try write("0 0 4294967295", to: "/proc/\(process)/uid_map")
        try write("0 0 4294967295", to: "/proc/\(process)/gid_map")
    }

    private static var isMapped: Bool {
        guard let file = try? FileDescriptor.open("/proc/self/gid_map", .readOnly, options: .closeOnExec)
        else {
            return false
        }
        defer { try? file.close() }
        var byte: UInt8 = 0
        return (withUnsafeMutableBytes(of: &byte) { try? file.read(into: $0) }) == 1
    }

    private func unshare() throws(BootFailure) {
        guard clinux_unshare_users() != 0 else { return }
        let number = Errno(rawValue: errno)
        throw BootFailure("cannot make a user namespace: \(number)\(Self.explanation)")
    }

    /// The setting that forbids user namespaces, where one can be found.
    private static var explanation: String {
        let settings = [
            ("/proc/sys/user/max_user_namespaces", "0"), ("/proc/sys/kernel/unprivileged_userns_clone", "0"),
            ("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1"),
        ]
        let guilty = settings.filter { path, value in
            guard let file = try? FileDescriptor.open(path, .readOnly, options: .closeOnExec) else {
                return false
            }
            defer { try? file.close() }
            var buffer = [UInt8](repeating: 0, count: 32)
            let count = (try? buffer.withUnsafeMutableBytes { try file.read(into: $0) }) ?? 0
            return String(decoding: buffer[..<count], as: UTF8.self).filter { $0 != "\n" } == value
        }
        guard !guilty.isEmpty else { return "; run as root, or on a kernel with CONFIG_USER_NS" }
        let names = guilty.map { path, value in
            path.dropFirst("/proc/sys/".count).replacing("/", with: ".") + " is \(value)"
        }
        return "; " + names.joined(separator: ", ") + ": change that with sysctl, or run as root"
    }

    private static func write(_ text: String, to path: String) throws(BootFailure) {
        let file = try check(open(path, O_WRONLY | O_CLOEXEC), "cannot open \(path)")
        defer { close(file) }
        let bytes = Array(text.utf8)
        try check(Glibc.write(file, bytes, bytes.count), "cannot write '\(text)' to \(path)")
    }
}
