import SystemPackage

/// Why a tree could not be mounted, and what to do about it.
public enum MountFailure: Error, Sendable, CustomStringConvertible {
    case noDevice
    case deviceRefused(Errno)
    case mountPointMissing(String)
    case mountPointNotDirectory(String)
    case mountPointNotEmpty(String)
    case alreadyMounted(String)
    case mountPointUnusable(String, Errno)
    case sessionRefused(String)
    case mountRefused(String, String)
    case passthroughRefused(String)

    public var description: String {
        switch self {
        case .noDevice:
            "there is no /dev/fuse: load the module with 'modprobe fuse', or pass the device into the container"
        case .deviceRefused(let errno):
            "cannot open /dev/fuse: \(errno); run as root, or give this user access to /dev/fuse"
        case .mountPointMissing(let path): "\(path) does not exist; make it with: mkdir -p \(path)"
        case .mountPointNotDirectory(let path): "\(path) is not a directory"
        case .mountPointNotEmpty(let path): "\(path) is not empty; choose an empty directory"
        case .alreadyMounted(let path): "something is mounted on \(path) already"
        case .mountPointUnusable(let path, let errno): "cannot use \(path): \(errno)"
        case .sessionRefused(let text): "libfuse refused its options: \(text)"
        case .mountRefused(let path, let text): "cannot mount on \(path): \(text)"
        case .passthroughRefused(let reason):
            "--vmcore passthrough cannot be had: \(reason); auto takes it where it can"
        }
    }
}
