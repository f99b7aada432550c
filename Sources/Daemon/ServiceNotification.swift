import Glibc

/// Tells systemd how the service is doing, where systemd asked for it.
///
/// Source: sd_notify(3): a datagram to the socket named by NOTIFY_SOCKET; a leading @ means an abstract name.
enum ServiceNotification {
    static func ready(_ status: String) { send("READY=1\nSTATUS=\(status)\n") }

    static func stopping() { send("STOPPING=1\n") }

    private static func send(_ message: String) {
        guard let name = getenv("NOTIFY_SOCKET").map({ String(cString: $0) }), name.utf8.count > 1 else {
            return
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var path = Array(name.utf8)
        if path[0] == UInt8(ascii: "@") { path[0] = 0 }
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.count < room else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let length = MemoryLayout<sockaddr_un>.size - room + path.count

        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return }
        defer { close(socket) }
        let bytes = Array(message.utf8)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { target in
                _ = sendto(socket, bytes, bytes.count, 0, target, socklen_t(length))
            }
        }
    }
}
