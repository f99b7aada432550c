import FoundationEssentials
import Glibc
import SystemPackage

/// What a boot is to be: decided outside, carried out by stages that only do as it says.
public struct BootPlan: Codable, Sendable, Hashable {
    /// Where the machine is mounted.
    public var machine: String
    /// The command and its arguments.
    public var command: [String]
    /// Variables that are set besides those that are there.
    public var environment: [String: String] = [:]
    /// Where the command starts; the root directory where that does not exist in the boot.
    public var workingDirectory = "/"
    /// What the machine does when the command is over, a line for its control file: all other processes of the boot live
    /// on until then. Nil ends the boot with the command.
    public var whenCommandEnds: String?
    /// The user namespace the boot needs.
    public var users = UserNamespace.none
    /// Another root file system.
    public var root: RootFileSystem?
    /// What uname(2) says the machine is.
    public var machineType: String?
    /// The file that puts the processes of the boot into a cgroup.
    public var cgroup: String?
    /// Bytes of data for each process, where no cgroup counts memory.
    public var dataLimit: UInt64?
    /// The process that watches the boot: when it is gone, so is the boot.
    public var supervisor: Int32 = 0

    public init(machine: String, command: [String]) {
        self.machine = machine
        self.command = command
    }
}

/// Whom the users in a boot are outside.
public enum UserNamespace: Codable, Sendable, Hashable {
    /// The users are those outside.
    case none
    /// Root is the user who started the boot; there are no others.
    case own(user: UInt32, group: UInt32)
    /// The same numbers as outside, in a namespace of its own.
    case same
}

/// A root file system of a boot.
public struct RootFileSystem: Codable, Sendable, Hashable {
    public var folder: String
    /// The folder that holds what was changed; nil throws it away.
    public var changes: String?
    /// An emulator for programs of another architecture, and the ELF machine it is for.
    public var interpreter: Interpreter?

    public init(folder: String, changes: String? = nil, interpreter: Interpreter? = nil) {
        self.folder = folder
        self.changes = changes
        self.interpreter = interpreter
    }
}

extension RootFileSystem {
    /// What the kernel needs beside a folder of changes, on the same file system; gone with the boot.
    var workFolder: String? {
        changes.map { changes in
            let parts = changes.split(separator: "/")
            return "/" + (parts.dropLast() + [".fadumpfs-\(parts.last ?? "")"]).joined(separator: "/")
        }
    }
}

// MARK: Passing it on

extension BootPlan {
    /// Reads the plan from a file, from its start.
    init(from descriptor: FileDescriptor) throws {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let offset = Int64(bytes.count)
            let count = try buffer.withUnsafeMutableBytes {
                try descriptor.read(fromAbsoluteOffset: offset, into: $0)
            }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        self = try JSONDecoder().decode(BootPlan.self, from: Data(bytes))
    }

    func write(to descriptor: FileDescriptor) throws {
        try descriptor.writeAll(toAbsoluteOffset: 0, JSONEncoder().encode(self))
    }
}
