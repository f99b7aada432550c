import CLinux
import Glibc
import SystemPackage

extension Supervisor {
    /// Starts this program anew as the server of the boot, with the plan in a file and pipes for what it reports.
    func startServer() throws {
        var plan = plan
        plan.supervisor = getpid()
        let file = FileDescriptor(rawValue: try check(clinux_memfd_create("plan"), "cannot hold the plan"))
        defer { try? file.close() }
        try plan.write(to: file)
        let pipe = try Self.pipe()
        reports = pipe.readEnd.rawValue
        defer { try? pipe.writeEnd.close() }
        var descriptors = [(file, as: StageDescriptor.plan), (pipe.writeEnd, as: StageDescriptor.report)]
        var written: FileDescriptor?
        defer { try? written?.close() }
        if output != nil {
            let pipe = try Self.pipe()
            outputDescriptor = pipe.readEnd.rawValue
            written = pipe.writeEnd
            descriptors += [(pipe.writeEnd, as: .standardOutput), (pipe.writeEnd, as: .standardError)]
        }
        do {
            server = try StageProcess.spawn(
                "/proc/self/exe",
                BootStage.server.arguments,
                environment: StageProcess.environment(),
                descriptors: descriptors,
                signals: StageProcess.allSignals
            )
        } catch {
            throw BootFailure("cannot start this program anew", error)
        }
        serverDescriptor = clinux_pidfd_open(server)
    }

    /// A pipe that no other program gets, and whose reader does not wait.
    private static func pipe() throws -> (readEnd: FileDescriptor, writeEnd: FileDescriptor) {
        let pipe = try FileDescriptor.pipe()
        for end in [pipe.readEnd, pipe.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(pipe.readEnd.rawValue, F_SETFL, O_NONBLOCK)
        return pipe
    }
}
