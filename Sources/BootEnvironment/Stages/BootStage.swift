import CLinux
import Glibc
import SystemPackage

/// The inner stages of a boot: this program started anew, so that each is one thread that does one thing.
///
/// `server` stands outside the boot's PID namespace and serves its /proc; `first` is the boot's process 1.
public enum BootStage: String, CaseIterable, Sendable {
    case server = "boot-server"
    case first = "boot-first"

    /// The stage that this program was started as; nil where a person started it.
    public init?(arguments: [String]) {
        guard arguments.count == 2, let stage = BootStage(rawValue: arguments[1]) else { return nil }
        self = stage
    }

    var arguments: [String] { ["fadumpfs", rawValue] }

    /// Code of a stage that could not do its part; the reason went to the supervisor.
    static let failure: Int32 = 125

    /// Runs the stage; does not return.
    public func run() -> Never {
        do {
            clinux_signal_at_parents_death(SIGKILL)
            let plan = try BootPlan(from: StageDescriptor.plan)
            switch self {
            case .server: try BootServer(plan).run()
            case .first: try FirstProcess(plan).run()
            }
        } catch {
            StageReport.failed(String(describing: error)).send()
            exit(Self.failure)
        }
    }
}
