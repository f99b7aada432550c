/// How a tree is mounted.
public struct MountOptions: Sendable {
    /// Lets other users in, as far as modes allow.
    public var allowOther: Bool
    /// What /proc/mounts shows as the source.
    public var fileSystemName: String

    public init(allowOther: Bool = false, fileSystemName: String = "fadumpfs") {
        self.allowOther = allowOther
        self.fileSystemName = fileSystemName
    }

    /// The modes of the files are always enforced by the kernel, and nothing below the mount can be run.
    var arguments: [String] {
        var options = [
            "default_permissions", "nosuid", "nodev", "noexec", "fsname=" + fileSystemName,
            "subtype=fadumpfs",
        ]
        if allowOther { options.append("allow_other") }
        return ["fadumpfs", "-o", options.joined(separator: ",")]
    }
}
