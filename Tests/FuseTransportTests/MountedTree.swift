import Dispatch
import Foundation
import FuseTransport
import Glibc
import KernFS
import Logging

/// A tree that this process serves to itself, in a folder of its own.
final class MountedTree: Sendable {
    static let canMount = access("/dev/fuse", R_OK | W_OK) == 0 && geteuid() == 0

    static var sysfs: Conventions {
        var conventions = Conventions()
        conventions.size = .fixed(4096)
        conventions.seeking = .bySize
        return conventions
    }

    let path: String
    let files = FileSystem()
    private let session: FuseSession
    private let served = DispatchSemaphore(value: 0)

    init(_ nodes: [Node]) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "fadumpfs-\(UUID())").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        files.install(boot: 1, nodes)
        session = try FuseSession(
            fileSystem: files,
            mountPoint: path,
            options: MountOptions(),
            logger: Logger(label: "test")
        )
        try session.mount()
        Thread.detachNewThread { [self] in
            session.serve()
            served.signal()
        }
    }

    /// All of a file; nil where it cannot be read.
    func read(_ name: String) -> String? {
        guard let bytes = bytes(name, at: 0) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The sum of all bytes of a file, read a MiB at a time.
    func sum(_ name: String) -> Int? {
        var offset = 0
        var sum = 0
        while true {
            guard let bytes = bytes(name, at: offset) else { return nil }
            if bytes.isEmpty { return sum }
            offset += bytes.count
            sum = bytes.reduce(sum) { $0 + Int($1) }
        }
    }

    private func bytes(_ name: String, at offset: Int) -> [UInt8]? {
        let file = open(path + "/" + name, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        let count = buffer.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, off_t(offset)) }
        return count < 0 ? nil : Array(buffer[..<count])
    }

    func end() { session.stop() }

    /// Whether nothing is served any more.
    func hasEnded(within seconds: Int) -> Bool {
        served.wait(timeout: .now() + .seconds(seconds)) == .success
    }

    deinit { rmdir(path) }
}
