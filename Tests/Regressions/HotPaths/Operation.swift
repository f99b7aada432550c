import KernFS
import Machine
import SystemPackage

/// What a machine is asked to do again and again, by its name in `thresholds`.
enum Operation: String, CaseIterable {
    case boot
    case register
    case crash
    case attribute
    case window
    case status

    /// The state in which it begins.
    func prepare(_ bench: Bench) throws(Errno) {
        guard self == .window else { return }
        try bench.plant(at: Bench.window.lowerBound, count: Int(Bench.window.count))
        try bench.echo("1", to: Bench.registered)
        try bench.echo("c", to: Bench.sysrq)
    }

    /// Once.
    func perform(_ bench: Bench) throws {
        switch self {
        case .boot: _ = try Bench(bench.configuration)
        case .register:
            try bench.echo("1", to: Bench.registered)
            try bench.echo("0", to: Bench.registered)
        case .crash:
            try bench.echo("1", to: Bench.registered)
            try bench.echo("c", to: Bench.sysrq)
            try bench.echo("1", to: Bench.release)
        case .attribute: _ = try bench.cat("registered")
        case .window: _ = try bench.readDump(at: Bench.window.lowerBound, count: 1 << 20)
        case .status: _ = try bench.read("machine/status", at: 0, count: 1 << 20)
        }
    }
}
