/// A root file system of a boot: overlays over the folder and what is mounted in it, so that nothing of it is changed.
struct RootMounts {
    var root: RootFileSystem
    /// What is mounted in the folder, relative to it.
    var mounts: [MountTable.Mount]
    var host: any TreeFacts

    static let place = BootMounts.scratch + "/root"
    private static let changes = BootMounts.scratch + "/changes"
    private static let work = BootMounts.scratch + "/work"

    /// File systems whose files an overlay can show. The others are bound as they are: machines, network file systems,
    /// and what is in there can be changed.
    private static let layered: Set<String> = [
        "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "tmpfs", "overlay", "squashfs", "erofs", "iso9660",
    ]

    /// The folder without its last slash; empty for the host's own root.
    private var folder: String { root.folder == "/" ? "" : root.folder }

    var steps: [MountStep] {
        var steps: [MountStep] = [.directory(Self.place)]
        if root.changes == nil { steps += [.directory(Self.changes), .directory(Self.work)] }
        steps.append(overlay(at: "", number: 0))
        for name in ["/proc", "/sys", "/dev"] { steps.append(.directory(Self.place + name)) }
        var bound: [String] = []
        for (number, mount) in mounts.enumerated() where !Self.isSystem(mount.point) {
            guard !bound.contains(where: { mount.point.hasPrefix($0) }) else { continue }
            let isFolder = host.kind(folder + mount.point) == .directory
            if Self.layered.contains(mount.type) && isFolder && !mount.isReadOnly {
                steps.append(overlay(at: mount.point, number: number + 1))
            } else {
                steps.append(.bind(from: folder + mount.point, to: Self.place + mount.point, recursive: true))
                bound.append(mount.point + "/")
            }
        }
        steps.append(.bind(from: "/sys", to: Self.place + "/sys", recursive: true))
        steps.append(.bind(from: "/dev", to: Self.place + "/dev", recursive: true))
        return steps
    }

    private func overlay(at point: String, number: Int) -> MountStep {
        .overlay(
            lower: [folder.isEmpty && point.isEmpty ? "/" : folder + point],
            upper: root.changes.map { $0 + point } ?? "\(Self.changes)/\(number)",
            work: root.workFolder.map { "\($0)/\(number)" } ?? "\(Self.work)/\(number)",
            at: Self.place + point
        )
    }

    private static func isSystem(_ point: String) -> Bool {
        ["/proc", "/sys", "/dev"].contains { point == $0 || point.hasPrefix($0 + "/") }
    }
}
