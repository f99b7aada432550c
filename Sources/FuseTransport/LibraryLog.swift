import CFuse
import Glibc
import Synchronization

/// What libfuse says, kept so that an error can repeat it.
enum LibraryLog {
    private static let last = Mutex("")

    static func install() {
        fuse_set_log_func { _, format, arguments in
            guard let format, let arguments else { return }
            var buffer = [CChar](repeating: 0, count: 1024)
            vsnprintf(&buffer, buffer.count, format, arguments)
            let text = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            LibraryLog.last.withLock { $0 = text.filter { $0 != "\n" } }
        }
    }

    static var lastMessage: String { last.withLock { $0.isEmpty ? "no reason given" : $0 } }
}
