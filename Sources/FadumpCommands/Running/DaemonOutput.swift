import Glibc
import MachineStore
import SystemPackage

/// Where a daemon in the background reads from and writes to: nothing, and its log.
enum DaemonOutput {
    static func log(of machine: String, _ registry: MachineRegistry) -> FilePath {
        registry.folder.appending(machine + ".log")
    }

    /// Leaves the input and output of whoever started this process. Without a log nothing is kept.
    static func leaveStarter(loggingTo path: FilePath) {
        mkdir(path.removingLastComponent().string, 0o755)
        for number: Int32 in [0, 1] {
            take(open("/dev/null", (number == 0 ? O_RDONLY : O_WRONLY) | O_CLOEXEC), number)
        }
        let log = open(path.string, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        take(log < 0 ? dup(1) : log, 2)
    }

    /// Gives an open file the number, of which nobody shall know the old one.
    private static func take(_ file: Int32, _ number: Int32) {
        guard file >= 0 else { return }
        if file == number {
            _ = fcntl(file, F_SETFD, 0)
        } else {
            dup2(file, number)
            close(file)
        }
    }
}
