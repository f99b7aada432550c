import DumpFormats
import SystemPackage

/// A helper as its client has it.
struct ImageHelper: Sendable {
    var connection: ImageConnection
    /// Ends it, and says how it ended.
    var end: @Sendable () -> String
}

/// Starts helpers for one file, which it keeps open.
final class HelperLauncher: Sendable {
    private let file: FileDescriptor
    private let name: String
    private let raw: RawMemory?

    init(_ file: FileDescriptor, name: String, _ raw: RawMemory?) {
        self.file = file
        self.name = name
        self.raw = raw
    }

    deinit { try? file.close() }

    func launch() throws(Errno) -> ImageHelper {
        let process = try HelperProcess(file, name: name, raw)
        return ImageHelper(connection: ImageConnection(socket: process.socket, window: process.window)) {
            process.end()
        }
    }
}
