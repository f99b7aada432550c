import KernFS
import SystemPackage

/// What stat(2) says, as far as conformance looks at it.
struct Status: Equatable {
    var number: UInt64
    var mode: UInt16
    var size: UInt64
}

/// A machine's tree as a test drives it: in process, or mounted through the kernel.
///
/// Paths are relative to the mount point. Errors are the errnos that a program would see.
protocol TreeAccess {
    func open(_ path: String, _ mode: OpenMode) throws(Errno) -> Int
    func read(_ file: Int, at offset: UInt64, count: Int) throws(Errno) -> [UInt8]
    func write(_ file: Int, at offset: UInt64, _ bytes: [UInt8]) throws(Errno) -> Int
    func seekToEnd(_ file: Int) throws(Errno) -> UInt64
    func close(_ file: Int)
    func status(_ path: String) throws(Errno) -> Status
    func status(of file: Int) throws(Errno) -> Status
    func changeMode(_ path: String, _ mode: UInt16) throws(Errno)
    func truncate(_ path: String, to size: UInt64) throws(Errno)
    func create(_ path: String) throws(Errno)
    func makeDirectory(_ path: String) throws(Errno)
    func remove(_ path: String) throws(Errno)
    func list(_ path: String) throws(Errno) -> [String]
}

extension TreeAccess {
    /// Everything in a file.
    func text(_ path: String) throws(Errno) -> String {
        let file = try open(path, .read)
        defer { close(file) }
        return String(decoding: try read(file, at: 0, count: 65536), as: UTF8.self)
    }

    /// What `echo TEXT > PATH` does.
    @discardableResult
    func echo(_ text: String, to path: String) throws(Errno) -> Int {
        let file = try open(path, [.write, .truncate])
        defer { close(file) }
        return try write(file, at: 0, Array(text.utf8))
    }

    func exists(_ path: String) -> Bool { (try? status(path)) != nil }
}
