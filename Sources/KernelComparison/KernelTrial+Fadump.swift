import Machine
import SystemPackage

/// The steps in the life of a dump.
extension KernelTrial {
    /// Where a file is: kernels have moved them into a directory.
    private func first(of paths: [String]) -> String { paths.first(where: exists) ?? paths[0] }

    var enabledFile: String { first(of: ["sys/kernel/fadump/enabled", "sys/kernel/fadump_enabled"]) }
    var registeredFile: String {
        first(of: ["sys/kernel/fadump/registered", "sys/kernel/fadump_registered"])
    }
    var releaseFile: String {
        first(of: ["sys/kernel/fadump/release_mem", "sys/kernel/fadump_release_mem"])
    }

    var isRegistered: Bool { (try? lines(of: registeredFile)) == ["1"] }
    var hasDump: Bool { exists("proc/vmcore") }

    /// Registers or unregisters, unless that is how it stands.
    func register(_ wanted: Bool) {
        if isRegistered != wanted { write(wanted ? "1\n" : "0\n", to: registeredFile) }
    }

    /// Crashes with a registered dump; the capture kernel runs when this returns.
    func crash() {
        register(true)
        write("c", to: "proc/sysrq-trigger")
    }

    func release() { write("1\n", to: releaseFile) }

    /// How often firmware was asked so far to do this.
    func calls(to name: String) -> Int {
        machine.events.filter { $0.event == "firmware-called" && $0.details["call"] == name }.count
    }

    /// The kernel's log with its levels, without times, and without the release, which every kernel has its own of.
    var log: [String] {
        let release = machine.configuration.kernel.release
        return machine.kernelLog(ofBoot: machine.runningBoot ?? 0, from: 0).lines.map { line in
            guard let levelEnd = line.firstIndex(of: ">"), let timeEnd = line.firstIndex(of: "]") else {
                return line
            }
            let text = line[...levelEnd] + line[timeEnd...].dropFirst(2)
            return text.split(separator: " ", omittingEmptySubsequences: false)
                .map { $0 == release ? "$(uname -r)" : $0 }.joined(separator: " ")
        }
    }

    /// What the kernel says while `body` runs.
    func messages(_ body: () -> Void) -> [String] {
        let before = log.count
        body()
        return Array(log.dropFirst(before))
    }
}
