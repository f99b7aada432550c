import Glibc
import SystemPackage

/// What a command and the daemon that it starts have between them: a stream socket.
///
/// Down it goes what the daemon is told, whole; up it comes one byte for the outcome, then what went wrong.
struct DaemonLine {
    private static let success = UInt8(ascii: "+")
    private static let failure = UInt8(ascii: "-")

    let descriptor: FileDescriptor

    init(_ rawValue: Int32) { descriptor = FileDescriptor(rawValue: rawValue) }

    /// Both ends of a new one, closed when another program is executed.
    static func pair() throws(Errno) -> (command: DaemonLine, daemon: DaemonLine) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Errno(rawValue: errno) }
        return (DaemonLine(ends[0]), DaemonLine(ends[1]))
    }

    func close() { try? descriptor.close() }
}

// MARK: The command's end

extension DaemonLine {
    /// Says all that there is to say. A daemon that has gone is noticed when its outcome is awaited.
    func tell(_ handover: Handover) {
        send(handover.bytes)
        shutdown(descriptor.rawValue, Int32(SHUT_WR))
    }

    enum Outcome {
        case ready
        case failed(String)
        /// It said nothing.
        case gone
    }

    /// Waits for it.
    func outcome() -> Outcome {
        let message = (try? descriptor.bytesToTheEnd()) ?? []
        switch message.first {
        case Self.success: return .ready
        case Self.failure: return .failed(String(decoding: message.dropFirst(), as: UTF8.self))
        default: return .gone
        }
    }
}

// MARK: The daemon's end

extension DaemonLine {
    func succeed() { end([Self.success]) }

    func fail(_ message: String) { end([Self.failure] + Array(message.utf8)) }

    private func end(_ message: [UInt8]) {
        send(message)
        close()
    }

    /// A peer that has gone is no reason to die.
    private func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor.rawValue, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
