import Glibc
import SystemPackage

/// A byte back and forth between the server and the boot's first process.
struct Conversation {
    let descriptor: FileDescriptor

    /// Two ends.
    static func pair() throws(BootFailure) -> (Conversation, Conversation) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        try check(socketpair(AF_UNIX, kind, 0, &ends), "cannot make a socket pair")
        return (
            Conversation(descriptor: FileDescriptor(rawValue: ends[0])),
            Conversation(descriptor: FileDescriptor(rawValue: ends[1]))
        )
    }

    func say() throws { _ = try descriptor.writeAll([1]) }

    /// Waits for the other's word; false where the other is gone.
    func hears() -> Bool {
        var byte: UInt8 = 0
        let count = withUnsafeMutableBytes(of: &byte) { try? descriptor.read(into: $0) }
        return count == 1
    }
}
