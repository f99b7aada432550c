import Glibc
import Testing

@testable import ProcessLimits

@Suite("Limits of memory")
struct ProcessLimitsTests {
    @Test("the cgroups of a process are read for both versions")
    func ownCgroups() {
        let paths = CgroupHierarchy.ownCgroups(
            "5:memory:/user/a:b\n3:cpu,cpuacct:/x\n1:name=systemd:/y\n0::/z\n"
        )
        #expect(
            paths == ["memory": "/user/a:b", "cpu": "/x", "cpuacct": "/x", "name=systemd": "/y", "": "/z"]
        )
        #expect(CgroupHierarchy.ownCgroups("nonsense\n\n").isEmpty)
    }

    @Test("mounts are read by type and options")
    func mounts() {
        let mounts = CgroupHierarchy.mounts(
            "cgroup /sys/fs/cgroup/memory cgroup rw,relatime,memory 0 0\nshort\n"
        )
        #expect(mounts.count == 1)
        #expect(mounts.first?.options.contains("memory") == true)
    }

    @Test("a cgroup limits, counts and goes; where none can be had, it is said why")
    func cgroup() throws {
        switch MemoryLimit.best {
        case .cgroup:
            let cgroup = try MemoryCgroup(limit: 64 << 20)
            #expect(access(cgroup.membership.string, W_OK) == 0)
            #expect(!cgroup.wasExceeded)
            cgroup.remove()
            #expect(access(cgroup.path.string, F_OK) != 0)
        case .dataSegment(let why):
            #expect(!why.isEmpty)
            print("no memory cgroup here: \(why)")
        }
    }
}
