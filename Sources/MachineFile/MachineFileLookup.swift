import Glibc
import Machine
import SystemPackage

/// Finds machine files: by path, or by the name of the machine.
public struct MachineFileLookup: Sendable {
    /// The folders that hold `NAME.toml`, the first one first.
    public var folders: [FilePath]

    public init(folders: [FilePath]) { self.folders = folders }

    /// `$FADUMPFS_MACHINES` (folders separated by colons) if it is set; else the user's own
    /// `~/.config/fadumpfs`, if root is not the user, and `/etc/fadumpfs`.
    public static var standard: MachineFileLookup {
        func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
        if let named = variable("FADUMPFS_MACHINES") {
            return MachineFileLookup(folders: named.split(separator: ":").map { FilePath(String($0)) })
        }
        guard geteuid() != 0 else { return MachineFileLookup(folders: ["/etc/fadumpfs"]) }
        let own = variable("XDG_CONFIG_HOME") ?? variable("HOME").map { $0 + "/.config" }
        return MachineFileLookup(
            folders: (own.map { [FilePath($0).appending("fadumpfs")] } ?? []) + ["/etc/fadumpfs"]
        )
    }

    /// The file of a machine of this name; nil where no folder has one.
    public func path(ofMachine name: String) -> FilePath? {
        guard MachineConfiguration.isName(name) else { return nil }
        return folders.map { $0.appending(name + ".toml") }.first { access($0.string, F_OK) == 0 }
    }

    /// Reads the file that `word` means: a path where it has a slash or ends in .toml, else a machine's name.
    public func read(_ word: String) throws(FileProblems) -> MachineFile {
        if word.contains("/") || word.hasSuffix(".toml") { return try Self.read(path: word) }
        guard let path = path(ofMachine: word) else {
            let places = folders.map { $0.appending(word + ".toml").string }.joined(separator: ", ")
            let nearest = Spelling.nearest(to: word, among: names)
            throw FileProblems([
                FileProblem(
                    file: word,
                    line: 0,
                    column: 0,
                    text: word,
                    problem: "no machine file of that name; looked for \(places)",
                    suggestion: nearest
                )
            ])
        }
        return try Self.read(path: path.string)
    }

    /// The names of the machines that have a file.
    public var names: [String] {
        var names: Set<String> = []
        for folder in folders {
            guard let directory = opendir(folder.string) else { continue }
            defer { closedir(directory) }
            while let item = readdir(directory) {
                let name = withUnsafePointer(to: &item.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name.hasSuffix(".toml") { names.insert(String(name.dropLast(5))) }
            }
        }
        return names.sorted()
    }

    private static func read(path: String) throws(FileProblems) -> MachineFile {
        func fail(_ problem: String) -> FileProblems {
            FileProblems([FileProblem(file: path, line: 0, column: 0, text: "", problem: problem)])
        }
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(FilePath(path), atMost: MachineFile.sizeLimit + 1)
        } catch {
            throw fail("cannot read it: \(error)")
        }
        guard bytes.count <= MachineFile.sizeLimit else {
            throw fail("too long for a machine file: over 1 MiB")
        }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw fail("this is no text: it is not UTF-8, or holds zero bytes")
        }
        return try MachineFile(parsing: text, path: absolute(path))
    }

    /// The path as others will find it, whatever directory they are in.
    private static func absolute(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

enum FileBytes {
    /// The first bytes of a file.
    static func read(_ path: FilePath, atMost limit: Int) throws(Errno) -> [UInt8] {
        do {
            let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            defer { try? file.close() }
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while bytes.count < limit {
                let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
                if count == 0 { break }
                bytes += buffer[..<count]
            }
            return bytes
        } catch let errno as Errno {
            throw errno
        } catch {
            throw .ioError
        }
    }
}
