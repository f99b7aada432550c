import CLinux
import Glibc
import SystemPackage

/// Stands where the service manager's private socket is, so that `systemctl reboot` and its like reach the machine.
///
/// It does what ends a boot, and refuses everything else: there are no services.
/// Source: systemctl(1); org.freedesktop.systemd1(5); D-Bus Specification, "Authentication Protocol".
struct ServiceManager: Sendable {
    static let folder = "/run/systemd"
    private static let name = folder + "/private"

    private let listener: Int32
    private let boot: RunningBoot

    /// Makes the socket, in the boot's first process: who connects asks for the process at the other end, which must be one
    /// of the boot. Where there is no folder for it there is no socket.
    static func listen(below root: String, as place: FileDescriptor) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array((root + name).utf8)
        guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard listener >= 0 else { return }
        defer { if listener != place.rawValue { close(listener) } }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, chmod(root + name, 0o600) == 0, Glibc.listen(listener, 16) == 0 else { return }
        if listener != place.rawValue { dup2(listener, place.rawValue) }
        _ = fcntl(place.rawValue, F_SETFD, FD_CLOEXEC)
    }

    /// Takes the socket from the first process; nil where it has none.
    init?(of first: pid_t, _ boot: RunningBoot) {
        let process = clinux_pidfd_open(first)
        defer { close(process) }
        listener = clinux_take_descriptor(process, StageDescriptor.services.rawValue)
        self.boot = boot
        guard listener >= 0 else { return nil }
    }

    /// Serves one caller after the other.
    func serve() {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else {
                if errno == EINTR || errno == ECONNABORTED { continue }
                return
            }
            var timeout = timeval(tv_sec: 5, tv_usec: 0)
            setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
            converse(connection)
            close(connection)
        }
    }

    private func converse(_ connection: Int32) {
        var received: [UInt8] = []
        var greeting = BusGreeting()
        var buffer = [UInt8](repeating: 0, count: 4096)
        while received.count < BusMessage.maximum {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            received += buffer[..<count]
            let answer = greeting.answer(&received)
            if !answer.isEmpty { send(connection, answer) }
            guard greeting.isOver else { continue }
            do throws(BusMessage.Malformed) {
                while let message = try BusMessage(parsing: received) {
                    received.removeFirst(message.byteCount)
                    handle(message, connection)
                }
            } catch {
                return
            }
        }
    }

    private func send(_ connection: Int32, _ bytes: [UInt8]) {
        _ = Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    private func handle(_ message: BusMessage, _ connection: Int32) {
        if let command = Self.command(message) { return boot.leave(command) }
        send(
            connection,
            message.refusal(
                "org.freedesktop.DBus.Error.NotSupported",
                "This boot has no service manager; it takes reboot, poweroff and halt only."
            )
        )
    }

    /// The machine's word for a call that ends the boot.
    static func command(_ message: BusMessage) -> String? {
        switch message.member {
        case "Reboot": "reboot"
        case "PowerOff", "Halt": "power-off"
        case "StartUnit", "StartUnitWithFlags":
            switch message.argument {
            case "reboot.target", "ctrl-alt-del.target", "systemd-reboot.service": "reboot"
            case "poweroff.target", "halt.target", "shutdown.target": "power-off"
            default: nil
            }
        default: nil
        }
    }
}

/// What is said before the first message: lines, answered one by one.
struct BusGreeting {
    private(set) var isOver = false

    /// Takes whole lines from what was received, up to the first message.
    mutating func answer(_ received: inout [UInt8]) -> [UInt8] {
        var answer = ""
        while !isOver, let end = received.firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(
                decoding: received[..<end].filter { $0 != 0 && $0 != UInt8(ascii: "\r") },
                as: UTF8.self
            )
            received.removeSubrange(...end)
            switch line.split(separator: " ").first {
            case "BEGIN": isOver = true
            case "AUTH" where line == "AUTH EXTERNAL": answer += "DATA\r\n"
            case "AUTH", "DATA": answer += "OK \(String(repeating: "fad0", count: 8))\r\n"
            case "NEGOTIATE_UNIX_FD": answer += "AGREE_UNIX_FD\r\n"
            default: answer += "ERROR\r\n"
            }
        }
        return Array(answer.utf8)
    }
}
