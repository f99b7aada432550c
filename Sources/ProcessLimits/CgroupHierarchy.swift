import SystemPackage

/// Where this host has its memory cgroups: the hierarchy of version 1, or the unified one.
///
/// Source: cgroups(7); Documentation/admin-guide/cgroup-v2.rst, cgroup-v1/memory.rst.
struct CgroupHierarchy {
    enum Version { case one, two }

    var version: Version
    /// Folders in which a cgroup may be made, the best first.
    var parents: [FilePath]

    /// Looks at the mounts and at the cgroup of this process.
    static func find() throws(CgroupFailure) -> CgroupHierarchy {
        let own = Self.ownCgroups(TextFile.read("/proc/self/cgroup"))
        for mount in Self.mounts(TextFile.read("/proc/self/mounts")) {
            if mount.type == "cgroup", mount.options.contains("memory"), let path = own["memory"] {
                return CgroupHierarchy(version: .one, parents: Self.below(mount.point, path))
            }
        }
        for mount in Self.mounts(TextFile.read("/proc/self/mounts")) where mount.type == "cgroup2" {
            guard let path = own[""] else { continue }
            // Cgroups below one that hands the memory controller down: one with processes of its own does not, so
            // that a neighbour of this process's cgroup is the usual place.
            let parents = Self.below(mount.point, path).filter { parent in
                TextFile.read(parent.appending("cgroup.subtree_control")).split(separator: " ")
                    .contains { $0.trimmed == "memory" }
            }
            if !parents.isEmpty { return CgroupHierarchy(version: .two, parents: parents) }
        }
        throw CgroupFailure("no hierarchy with a memory controller is mounted")
    }

    /// The cgroup itself, then its ancestors up to the mount point.
    private static func below(_ point: String, _ path: String) -> [FilePath] {
        let names = path.split(separator: "/").map(String.init)
        return (0...names.count).reversed().map { count in
            names[..<count].reduce(FilePath(point)) { $0.appending($1) }
        }
    }

    /// Paths by controller; the unified hierarchy has no name.
    static func ownCgroups(_ text: String) -> [String: String] {
        var paths: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let controllers = fields[1].split(separator: ",", omittingEmptySubsequences: false)
            for controller in controllers { paths[String(controller)] = String(fields[2]) }
        }
        return paths
    }

    static func mounts(_ text: String) -> [(point: String, type: String, options: [String])] {
        text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 3 else { return nil }
            return (String(fields[1]), String(fields[2]), fields[3].split(separator: ",").map(String.init))
        }
    }
}

extension Substring {
    fileprivate var trimmed: Substring { self.last == "\n" ? dropLast() : self }
}
