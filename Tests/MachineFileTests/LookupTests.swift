import Glibc
import SystemPackage
import Testing

@testable import MachineFile

@Suite("Finding machine files")
struct LookupTests {
    private func withFolder(_ body: (FilePath) throws -> Void) throws {
        let folder = FilePath("/tmp/fadumpfs-lookup-\(getpid())-\(UInt32.random(in: 0...UInt32.max))")
        #expect(mkdir(folder.string, 0o700) == 0)
        defer {
            unlink(folder.appending("big.toml").string)
            rmdir(folder.string)
        }
        let file = try FileDescriptor.open(
            folder.appending("big.toml"),
            .writeOnly,
            options: .create,
            permissions: .ownerReadWrite
        )
        try file.closeAfter { _ = try file.writeAll("cpus = 5\n".utf8) }
        try body(folder)
    }

    @Test("a name is looked for in the folders, a path is taken as it is")
    func found() throws {
        try withFolder { folder in
            let lookup = MachineFileLookup(folders: ["/nonexistent", folder])
            #expect(lookup.names == ["big"])
            let byName = try lookup.read("big")
            let byPath = try lookup.read(folder.appending("big.toml").string)
            #expect(byName.path == folder.appending("big.toml").string)
            #expect(byPath.values.count == 1)
            #expect(lookup.path(ofMachine: "../big") == nil)
        }
    }

    @Test("a name that has no file is told with the places, and the name that may be meant")
    func missing() throws {
        try withFolder { folder in
            let lookup = MachineFileLookup(folders: [folder])
            let error = #expect(throws: FileProblems.self) { try lookup.read("bog") }
            let problem = try #require(error?.problems.first)
            #expect(problem.problem.contains(folder.appending("bog.toml").string))
            #expect(problem.suggestion == "big")
        }
    }

    @Test(
        "what is no text file is refused",
        arguments: ["/dev/zero", "/", "/nonexistent.toml", "/proc/self/mem"]
    )
    func unreadable(path: String) {
        #expect(throws: FileProblems.self) { try MachineFileLookup(folders: []).read(path) }
    }
}
