import CLinux
import Glibc

/// What the stages of the boot report.
extension Supervisor {
    func takeReports() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(reports, &buffer, buffer.count)
        guard count > 0 else {
            if count == 0 {
                close(reports)
                reports = -1
            }
            return
        }
        text += String(decoding: buffer[..<count], as: UTF8.self)
        while let end = text.firstIndex(of: "\n") {
            let line = text[..<end]
            text = String(text[text.index(after: end)...])
            if let report = StageReport(line: line) { take(report) }
        }
    }

    private func take(_ report: StageReport) {
        switch report {
        case .first(let pid):
            first = pid
            firstDescriptor = clinux_pidfd_open(pid)
            if isOver { killBoot() }
        case .wantsMaps:
            do { try UserMaps.mapAll(of: server) } catch { fail(String(describing: error)) }
        case .ready: tell(.ready)
        case .commandEnded(let code):
            tell(.commandEnded(code))
            leaveMachine()
        case .left(let how): leaving = leaving ?? how
        case .remark(let text): tell(.remark(text))
        case .failed(let text): failure = failure ?? text
        }
    }

    /// Has the machine do what the plan says, while this thread watches what comes of it.
    private func leaveMachine() {
        guard let command = plan.whenCommandEnds else { return }
        let machine = machine
        do {
            try Thread.start { _ = try? machine.write(Array(command.utf8), to: "machine/control") }
        } catch {
            fail(error.description)
        }
    }

    func fail(_ text: String) {
        failure = failure ?? text
        killBoot()
    }
}
