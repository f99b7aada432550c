import CLinux
import Glibc

/// Makes the programs of another architecture run in a boot.
struct InterpreterSetup {
    let interpreter: Interpreter
    /// The boot's root, before it is entered.
    let root: String

    /// What comes before the command: nothing where the kernel starts the interpreter by itself, which it does in a user
    /// namespace with binfmt_misc of its own, since Linux 6.7. The host's binfmt_misc is never touched.
    func run() throws(BootFailure) -> [String] {
        let folder = root + "/proc/sys/fs/binfmt_misc"
        if clinux_mount("fadumpfs", folder, "binfmt_misc", 1, nil) == 0 {
            try register(folder + "/register")
            return []
        }
        let reason = String(cString: strerror(errno))
        StageReport.remark(
            "no binfmt_misc of the boot's own (\(reason); Linux 6.7 has it): the command runs under "
                + "\(interpreter.program), but programs that it starts do not, unless they name it themselves"
        ).send()
        let place = root + Interpreter.place
        try MountStep.emptyFile(place).perform()
        try MountStep.bind(from: interpreter.program, to: place, recursive: false).perform()
        return [Interpreter.place]
    }

    private func register(_ path: String) throws(BootFailure) {
        let file = try check(open(path, O_WRONLY | O_CLOEXEC), "cannot open \(path)")
        defer { close(file) }
        let line = Array(interpreter.registration.utf8)
        try check(write(file, line, line.count), "cannot register \(interpreter.program) with binfmt_misc")
    }
}
