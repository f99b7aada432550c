import FuseTransport
import Glibc
import Machine
import MachineStore
import SystemPackage

/// Why a daemon could not start.
public struct DaemonFailure: Error, Sendable, CustomStringConvertible {
    public var description: String

    init(_ error: any Error) {
        switch error {
        case let errno as Errno:
            description = "cannot make the machine's memory: \(errno)"
        default:
            description = String(describing: error)
        }
    }
}

enum ProcessID {
    static var current: Int32 { getpid() }
}
