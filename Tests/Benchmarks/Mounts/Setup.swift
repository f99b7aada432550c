import FoundationEssentials
import Glibc

/// What Scripts/bench has mounted, and where.
struct Setup {
    // The contenders that are no fadumpfs.
    static let equal = "passthrough_ll, same settings"
    /// The same, but that it lets names be remembered.
    static let remembering = "passthrough_ll, names remembered"
    static let defaults = "passthrough_ll, its defaults"
    static let tmpfs = "tmpfs"

    // Files that every mount has, at the same depth.
    static let registered = "/sys/kernel/fadump_registered"
    static let panic = "/proc/sys/kernel/panic"
    /// What passthrough_ll serves; a file of its own, because whoever reads a file next finds some of it in a cache.
    static let dump = "/proc/dump"
    static let copy = "/proc/copy"
    static let vmcore = "/proc/vmcore"

    let options: Options

    /// Whether a part of the questions is asked: all are, unless some are named.
    func asks(_ part: String) -> Bool {
        options["only"].isEmpty || options["only"].split(separator: ",").contains { $0 == part }
    }

    var work: String { options["work"] }
    var fadumpfs: String { options["fadumpfs"] }
    var passthrough: String { options["passthrough"] }
    var equalOptions: String { options["equal-options"] }
    var equalMount: String { work + "/equal" }
    var defaultsMount: String { work + "/defaults" }
    var tmpfsFolder: String { options["tmpfs"] }

    /// The real files are cheap ones that every Linux has.
    var readableAttributes: [(contender: String, path: String)] {
        [(Self.remembering, machine("remembering") + Self.registered)]
            + files(Self.registered, sysfs: Self.readableReal, R_OK)
    }

    /// The real one takes its own value, which changes nothing.
    var writableAttributes: [(contender: String, path: String)] {
        files(Self.panic, sysfs: Self.writableReal, R_OK | W_OK)
    }

    static let readableReal = "/sys/kernel/fscaps"
    static let writableReal = "/sys/kernel/rcu_expedited"

    private func files(_ path: String, sysfs: String, _ access: Int32) -> [(contender: String, path: String)]
    {
        var files = [
            ("fadumpfs", machine("attributes") + path),
            (Self.equal, equalMount + path),
            (Self.defaults, defaultsMount + path),
        ]
        if Glibc.access(sysfs, access) == 0 { files.append(("sysfs " + sysfs, sysfs)) }
        return files
    }

    func machine(_ name: String) -> String { work + "/" + name }

    /// The process behind a machine, as fadumpfs keeps it in its runtime folder.
    func daemon(_ name: String) throws -> pid_t {
        struct Entry: Decodable { let pid: pid_t }
        let text = try SmallFile.text("\(work)/run/\(name).json")
        return try JSONDecoder().decode(Entry.self, from: Data(text.utf8)).pid
    }

    /// How a machine's dump is read, by its own word.
    func vmcoreMode(_ name: String) throws -> String {
        struct Status: Decodable { let vmcoreMode: String }
        let text = try SmallFile.text(machine(name) + "/machine/status")
        return try JSONDecoder().decode(Status.self, from: Data(text.utf8)).vmcoreMode
    }

    /// The server of ready answers, by the folder where it is mounted; none where that could not be.
    var floors: [(contender: String, folder: String, pid: pid_t)] {
        [("the floor", "floor"), ("the floor, names asked for", "floor-asked")].compactMap { name, folder in
            pid_t(options[folder + "-pid"]).map { (name, folder, $0) }
        }
    }

    func equalDaemon() throws -> pid_t { try process("equal-pid") }

    /// The words that run a program, a line each; empty where it cannot be had.
    func words(_ program: String) -> [String] { options[program].split(separator: "\n").map(String.init) }

    private func process(_ option: String) throws -> pid_t {
        guard let pid = pid_t(options[option]) else { throw SystemFailure("--\(option) is no number") }
        return pid
    }

    /// Everybody's processes.
    func daemons() throws -> [pid_t] {
        let crashing = CrashQuestions.sizes + [CrashQuestions.manyCPUs]
        let machines = ["attributes", "dump", "direct"] + ToolQuestions.machines + crashing.map(\.name)
        return [try equalDaemon(), try process("defaults-pid"), try process("remembering-pid")]
            + floors.map(\.pid) + (try machines.map(daemon))
    }
}
