import Glibc
import SystemPackage
import Testing

@testable import FadumpCommands

@Suite("The line between a command and its daemon")
struct DaemonLineTests {
    @Test("carries what is told, to its end, and the outcome back")
    func bothWays() throws {
        let line = try DaemonLine.pair()
        defer { line.command.close() }
        let handover = Handover(DescribedMachine(), reports: true)
        line.command.tell(handover)
        #expect(try line.daemon.descriptor.bytesToTheEnd() == handover.bytes)
        line.daemon.fail("no room")
        guard case .failed("no room") = line.command.outcome() else { return #expect(Bool(false)) }
    }

    @Test("says ready")
    func ready() throws {
        let line = try DaemonLine.pair()
        defer { line.command.close() }
        line.daemon.succeed()
        guard case .ready = line.command.outcome() else { return #expect(Bool(false)) }
    }

    @Test("tells of a daemon that went without a word, whatever it was told, and kills nobody")
    func gone() throws {
        let line = try DaemonLine.pair()
        defer { line.command.close() }
        line.command.tell(Handover(DescribedMachine(), reports: true))
        line.daemon.close()
        guard case .gone = line.command.outcome() else { return #expect(Bool(false)) }
        line.command.tell(Handover(DescribedMachine(), reports: true))
    }

    @Test("is a daemon's none the worse where the command went")
    func commandGone() throws {
        let line = try DaemonLine.pair()
        line.command.close()
        line.daemon.succeed()
    }

    @Test("is closed when another program is executed")
    func closes() throws {
        let line = try DaemonLine.pair()
        defer {
            line.command.close()
            line.daemon.close()
        }
        for end in [line.command, line.daemon] {
            #expect(fcntl(end.descriptor.rawValue, F_GETFD) & FD_CLOEXEC != 0)
        }
    }
}
