import Glibc
import MachineStore
import SystemPackage
import Testing

@Suite("The registry of running machines")
struct MachineRegistryTests {
    private func folder() throws -> FilePath {
        var template = Array("/tmp/fadumpfs-registry.XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Errno(rawValue: errno) }
        return FilePath(platformString: made)
    }

    private func entry(_ name: String) -> RegistryEntry {
        RegistryEntry(name: name, pid: getpid(), mountPoint: "/mnt/\(name)")
    }

    @Test("a machine is found under its name as long as it is claimed")
    func claim() throws {
        let folder = try folder()
        defer { rmdir(folder.string) }
        let registry = MachineRegistry(folder: folder)
        do {
            let claims = [try registry.claim(entry("two")), try registry.claim(entry("one"))]
            #expect(registry.running.map(\.name) == ["one", "two"])
            #expect(registry.running(named: "one")?.mountPoint == "/mnt/one")
            #expect(claims.count == 2)
        }
        #expect(registry.running.isEmpty)
    }

    @Test("what a killed daemon left, and what is no entry at all, is passed over")
    func stale() throws {
        let folder = try folder()
        let registry = MachineRegistry(folder: folder)
        for (name, text) in [
            ("gone", "{\"name\":\"gone\",\"pid\":1,\"mountPoint\":\"/x\"}"), ("torn", "{\"na"),
        ] {
            let file = try FileDescriptor.open(
                folder.appending(name + ".json"),
                .writeOnly,
                options: .create,
                permissions: .ownerReadWrite
            )
            try file.writeAll(Array(text.utf8))
            try file.close()
        }
        #expect(registry.running.isEmpty)
        let claim = try registry.claim(entry("torn"))
        #expect(registry.running.map(\.name) == ["torn"])
        withExtendedLifetime(claim) {}
        unlink(folder.appending("gone.json").string)
        unlink(folder.appending("torn.json").string)
        rmdir(folder.string)
    }

    @Test("a folder that cannot be made is an error that names it")
    func unusable() {
        let registry = MachineRegistry(folder: "/proc/nowhere/deep")
        let failure = #expect(throws: MachineRegistry.Failure.self) { try registry.claim(entry("x")) }
        #expect(failure?.description.contains("/proc/nowhere/deep") == true)
    }
}
