import FuseTransport
import Glibc
import KernFS
import Logging
import SystemPackage
import Testing

@Suite("Mount points")
struct MountPointTests {
    private static let hasDevice = access("/dev/fuse", R_OK | W_OK) == 0

    private func failure(_ path: String) -> MountFailure? {
        do {
            _ = try FuseSession(
                fileSystem: FileSystem(),
                mountPoint: path,
                options: MountOptions(),
                logger: Logger(label: "test")
            )
            return nil
        } catch {
            return error
        }
    }

    @Test("what is no empty directory is refused with what to do", .enabled(if: hasDevice, "needs /dev/fuse"))
    func refusals() throws {
        #expect(failure("/nowhere/at/all")?.description.contains("mkdir -p /nowhere/at/all") == true)
        #expect(failure("/etc/passwd")?.description.contains("not a directory") == true)
        #expect(failure("/etc")?.description.contains("not empty") == true)
        #expect(failure("/proc")?.description.contains("mounted on /proc already") == true)
        #expect(failure("/")?.description.contains("mounted on / already") == true)
    }

    @Test("a live mount is never taken for a dead one")
    func dead() throws {
        #expect(!DeadMount.isDead("/proc"))
        #expect(!DeadMount.isDead("/nowhere"))
        #expect(try !DeadMount.clean("/proc"))
    }
}
