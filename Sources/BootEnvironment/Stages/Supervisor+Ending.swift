import Glibc

/// How a boot ends, and that nothing is left of it.
extension Supervisor {
    func takeEvents() {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var count = 0
        repeat { count = read(events, &buffer, buffer.count) } while count > 0
        // Lines were dropped from the beginning of a log that grew too long: only its end is of interest.
        let isOnlyLate = count < 0 && errno == EPIPE && lseek(events, 0, SEEK_END) >= 0
        if (count < 0 && !isOnlyLate) || machine.isBootOver { bootIsOver() }
    }

    private func bootIsOver() {
        isOver = true
        killBoot()
    }

    /// First all processes get their SIGKILL, while the server still answers them; a server that does not is killed,
    /// with which the kernel answers every request itself.
    func killBoot() {
        guard first > 0 else {
            if server > 0, failure != nil { kill(server, SIGKILL) }
            return
        }
        kill(first, SIGKILL)
        // A server that is stopped or stuck does not even notice that the first process is gone.
        for descriptor in [firstDescriptor, serverDescriptor] where descriptor >= 0 {
            var interest = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            poll(&interest, 1, Self.patience)
        }
        if server > 0 { kill(server, SIGKILL) }
    }

    /// Milliseconds.
    private static let patience: Int32 = 20

    func reapServer() {
        guard waitpid(server, &serverStatus, 0) == server else { return }
        server = 0
        close(serverDescriptor)
        serverDescriptor = -1
        takeReports()
    }

    func outcome() -> BootEnd {
        if let leaving { return .left(leaving) }
        if isOver || machine.isBootOver { return .machineEnded }
        let code = ExitCode.of(waitStatus: serverStatus)
        if let failure { return .failed(failure, [126, 127].contains(code) ? code : BootStage.failure) }
        if serverStatus & 0x7f != 0 { return .failed("the server of the boot was killed", BootStage.failure) }
        return .exited(code)
    }

    /// Leaves nothing behind, however this ends.
    func end() {
        if first > 0, !Self.isReadable(firstDescriptor) { kill(first, SIGKILL) }
        if server > 0 {
            kill(server, SIGKILL)
            waitpid(server, nil, 0)
        }
        if let folder = plan.root?.workFolder { WorkFolder.remove(folder) }
    }
}
