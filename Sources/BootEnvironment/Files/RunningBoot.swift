import Dispatch
import Glibc
import KernFS
import Synchronization
import SystemPackage

/// A boot that runs: how its processes reach the machine's switches, and how it ends.
final class RunningBoot: Sendable {
    let machine: MachineFiles
    let processes: Processes
    private let first: pid_t
    /// Requests of processes that the end of the boot takes with it: they get no answer.
    private let unanswered = Mutex<[Completion<Int>]>([])

    init(first: pid_t, machine: MachineFiles, processes: Processes) {
        self.first = first
        self.machine = machine
        self.processes = processes
    }

    /// Passes a write to a file of the machine on. A writer whose write ended the boot never sees an answer: it is
    /// killed before it could run on.
    func pass(_ request: StoreRequest, to name: String) {
        DispatchQueue.global().async { [self] in
            do throws(Errno) {
                let count = try machine.write(request.bytes, to: name)
                guard machine.isBootOver else { return request.completion.succeed(count) }
            } catch {
                guard machine.isBootOver else { return request.completion.fail(error) }
            }
            unanswered.withLock { $0.append(request.completion) }
            end()
        }
    }

    /// The boot leaves by itself: the machine does what `command` says to its control file, and the boot ends.
    func leave(_ command: String) {
        StageReport.left(command).send()
        DispatchQueue.global().async { [self] in
            _ = try? machine.write(Array(command.utf8), to: "machine/control")
            end()
        }
    }

    /// Kills every process of the boot.
    func end() { kill(first, SIGKILL) }
}
