/// What of the host a boot does not see: ways to the host's service manager, and watchdogs.
struct Hiding {
    var files: any TreeFacts
    var root: String

    /// Folders with sockets of service manager, message bus and users' sessions.
    static let folders = ["/run/systemd", "/run/dbus", "/run/user"]
    static let names = ["/run/initctl", "/dev/initctl"]

    var steps: [MountStep] {
        var steps: [MountStep] = []
        for folder in Self.folders where files.kind(folder) == .directory {
            steps.append(.scratch(root + folder, mode: "0755"))
            // What tells programs that there is a service manager: one that ends boots, and nothing else.
            if folder == ServiceManager.folder { steps.append(.directory(root + folder + "/system")) }
        }
        let watchdogs = files.names("/dev").filter { $0.hasPrefix("watchdog") }.map { "/dev/" + $0 }
        for name in Self.names + watchdogs where files.kind(name) == .other {
            steps.append(.bind(from: "/dev/null", to: root + name, recursive: false))
        }
        return steps
    }
}
