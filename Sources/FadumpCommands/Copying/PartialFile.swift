import FoundationEssentials
import Glibc
import Machine
import SystemPackage

/// A copy that is being made, beside the file that it will become.
///
/// `OUTPUT.partial` holds the bytes at their places, and behind the end of the dump a note of whose dump it is and how
/// far it has come. The finished copy loses the note and gets its name in one step: a file of that name is whole.
struct PartialFile {
    let descriptor: FileDescriptor
    let path: FilePath
    private let output: FilePath
    private let identity: DumpIdentity
    /// Everything before this offset is copied.
    private(set) var position: UInt64

    /// What stands behind the end of the dump.
    private struct Note: Codable {
        var dump: DumpIdentity
        var position: UInt64
    }

    /// Opens the partial file of `output`; goes on with it, if `resuming`, where it belongs to the same dump.
    init(for output: FilePath, _ identity: DumpIdentity, resuming: Bool) throws {
        self.output = output
        self.identity = identity
        path = FilePath(output.string + ".partial")
        do {
            descriptor = try FileDescriptor.open(
                path,
                .readWrite,
                options: [.create, .closeOnExec, .noFollow],
                permissions: .ownerReadWrite
            )
        } catch let error as Errno {
            throw Failure("cannot write \(path): \(error)")
        }
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            try? descriptor.close()
            throw Failure("another process is writing \(path)")
        }
        position = 0
        if resuming, let note = readNote(), note.dump == identity { position = note.position }
        if position == 0 { try resize(to: 0) }
        try resize(to: identity.size)
    }

    private func readNote() -> Note? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let offset = Int64(clamping: identity.size)
        let count = bytes.withUnsafeMutableBytes {
            try? descriptor.read(fromAbsoluteOffset: offset, into: $0)
        }
        guard let count, count > 0 else { return nil }
        guard let note = try? JSONDecoder().decode(Note.self, from: Data(bytes[..<count])) else { return nil }
        return note.position <= identity.size ? note : nil
    }

    /// Puts bytes to their place.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws {
        do {
            _ = try descriptor.writeAll(toAbsoluteOffset: Int64(clamping: offset), bytes)
        } catch let error as Errno {
            throw Failure("cannot write \(path): \(error)")
        }
    }

    /// Notes that everything before `position` is copied; the bytes are on their way to storage before the note.
    mutating func checkpoint(_ position: UInt64) throws {
        self.position = position
        guard fdatasync(descriptor.rawValue) == 0 else { throw failure("write") }
        let note = Array(JSONText.line(Note(dump: identity, position: position)).utf8)
        try note.withUnsafeBytes { try write($0, at: identity.size) }
    }

    /// Gives the copy its name.
    func finish() throws {
        try resize(to: identity.size)
        guard fsync(descriptor.rawValue) == 0 else { throw failure("write") }
        guard rename(path.string, output.string) == 0 else { throw failure("rename") }
        try? descriptor.close()
    }

    /// Leaves nothing.
    func discard() {
        unlink(path.string)
        try? descriptor.close()
    }

    private func resize(to size: UInt64) throws {
        guard ftruncate(descriptor.rawValue, off_t(clamping: size)) == 0 else { throw failure("resize") }
    }

    private func failure(_ what: String) -> Failure {
        Failure("cannot \(what) \(path): \(Errno(rawValue: errno))")
    }
}
