import SystemPackage

extension Errno {
    /// The name that a script's author looks up: EINVAL. Numbers stand for what no file here answers.
    var name: String {
        switch self {
        case .notPermitted: "EPERM"
        case .noSuchFileOrDirectory: "ENOENT"
        case .ioError: "EIO"
        case .noMemory: "ENOMEM"
        case .permissionDenied: "EACCES"
        case .badAddress: "EFAULT"
        case .resourceBusy: "EBUSY"
        case .fileExists: "EEXIST"
        case .operationNotSupportedByDevice: "ENODEV"
        case .invalidArgument: "EINVAL"
        case .noSpace: "ENOSPC"
        case .timedOut: "ETIMEDOUT"
        case .notSupportedOnSocket: "EOPNOTSUPP"
        default: "errno \(rawValue)"
        }
    }
}
