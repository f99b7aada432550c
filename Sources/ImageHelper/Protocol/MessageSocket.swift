import Glibc
import SystemPackage

/// One end of a pair of sockets that keep messages apart.
final class MessageSocket: Sendable {
    private let descriptor: FileDescriptor

    init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

    deinit { try? descriptor.close() }

    var rawValue: Int32 { descriptor.rawValue }

    /// Two ends that no other program inherits.
    static func pair() throws(Errno) -> (MessageSocket, MessageSocket) {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw Errno(rawValue: errno) }
        return (
            MessageSocket(FileDescriptor(rawValue: ends[0])), MessageSocket(FileDescriptor(rawValue: ends[1]))
        )
    }

    /// Sends a message. Errors: `.brokenPipe` where nobody is at the other end.
    func send(_ bytes: [UInt8]) throws(Errno) {
        while Glibc.send(rawValue, bytes, bytes.count, Int32(MSG_NOSIGNAL)) < 0 {
            guard errno == EINTR else { throw Errno(rawValue: errno) }
        }
    }

    /// The next message, of at most `limit` bytes; empty where the other end is closed.
    func receive(limit: Int) throws(Errno) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: limit)
        while true {
            let count = recv(rawValue, &buffer, buffer.count, 0)
            if count >= 0 { return Array(buffer[..<count]) }
            guard errno == EINTR else { throw Errno(rawValue: errno) }
        }
    }

    /// Waits until a message is there. Errors: `.timedOut`.
    func wait(milliseconds: Int32) throws(Errno) {
        var event = pollfd(fd: rawValue, events: Int16(POLLIN), revents: 0)
        while true {
            let count = poll(&event, 1, milliseconds)
            if count > 0 { return }
            if count == 0 { throw .timedOut }
            guard errno == EINTR else { throw Errno(rawValue: errno) }
        }
    }
}
