import BinaryCodec
import CLinux
import Glibc
import Machine
import MachineFile
import SystemPackage

/// A machine and its mount as the daemon is told them: what a command made of its options and of a machine file.
///
/// The machine that was checked is the one that runs, whatever becomes of the file meanwhile; and a daemon holds
/// nothing of what it takes to understand a command line.
///
/// Shapes: how many bytes follow, in four; whether somebody waits for a report, a byte; then for each key of a machine
/// file that says something its name, its value and its origin, each behind its length in four bytes.
struct Handover {
    var machine = MachineConfiguration()
    var mount = MountSettings()
    /// Whether somebody waits until the files can be read, or for the reason why not.
    var reports = false

    init(_ described: DescribedMachine, reports: Bool) {
        machine = described.machine
        mount = described.mount
        mount.mountPoint = mount.mountPoint.map(Self.absolute)
        self.reports = reports
    }

    /// Errors: `BinaryError`, `ConfigurationFailure`; none in what `bytes` made, if it is whole.
    init(parsing bytes: [UInt8]) throws {
        var reader = BinaryReader(bytes, .little)
        let count = try reader.u32("count")
        guard count == reader.remaining else {
            throw Failure("\(reader.remaining) bytes instead of \(count)")
        }
        reports = try reader.u8("reports") != 0
        while reader.remaining > 0 {
            let key = try Self.word(&reader, "key")
            let text = try Self.word(&reader, "value")
            let origin = SettingOrigin.told(try Self.word(&reader, "origin"))
            switch FileKey(key) {
            case .machine(let setting): try machine.set(setting, to: text, from: origin)
            case .mount(let setting): _ = mount.set(setting, to: text, from: origin)
            case nil: throw Failure("cannot be told '\(key)'")
            }
        }
    }

    var bytes: [UInt8] {
        var writer = BinaryWriter(.little)
        writer.put(UInt8(reports ? 1 : 0))
        for key in FileKey.allCases {
            guard let text = key.text(machine, mount) else { continue }
            for word in [key.name, text, key.origin(machine, mount).description] {
                writer.put(UInt32(truncatingIfNeeded: word.utf8.count))
                writer.put(word.utf8)
            }
        }
        var framed = BinaryWriter(.little)
        framed.put(UInt32(truncatingIfNeeded: writer.bytes.count))
        framed.put(writer.bytes)
        return framed.bytes
    }

    /// A file that holds it. Whoever gets it closes it.
    func file() throws -> FileDescriptor {
        let file = FileDescriptor(rawValue: clinux_memfd_create("fadumpfs-machine"))
        guard file.rawValue >= 0 else { throw Failure("no memory for what the daemon is told") }
        try file.writeAll(toAbsoluteOffset: 0, bytes)
        return file
    }

    private static func word(_ reader: inout BinaryReader, _ field: String) throws(BinaryError) -> String {
        String(decoding: try reader.bytes(Int(try reader.u32(field)), field), as: UTF8.self)
    }

    private static func absolute(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else {
            // A mount point that a killed daemon left cannot be resolved, only named.
            var here = [CChar](repeating: 0, count: Int(PATH_MAX))
            guard !path.hasPrefix("/"), getcwd(&here, here.count) != nil else { return path }
            return FilePath(platformString: here).pushing(FilePath(path)).string
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
