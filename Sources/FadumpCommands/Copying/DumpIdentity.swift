import Glibc
import Machine
import MachineStore
import SystemPackage

/// Which dump a half-copied file belongs to: a copy may only go on with the very same one.
struct DumpIdentity: Codable, Hashable {
    var machine: String
    /// The daemon and when it started: another daemon has another machine, even under the same name.
    var pid: Int32
    var started: String
    var boot: UInt64
    var size: UInt64

    init(_ status: StatusReport, _ entry: RegistryEntry, size: UInt64) {
        machine = entry.name
        pid = entry.pid
        started = Self.startTime(of: entry.pid)
        boot = status.boot
        self.size = size
    }

    /// Field 22 of /proc/PID/stat: when the process started, in ticks since the host booted.
    private static func startTime(of pid: Int32) -> String {
        guard let bytes = try? SmallFile.read(FilePath("/proc/\(pid)/stat")) else { return "" }
        // The name in parentheses may hold anything, spaces included; the fields behind it are counted from 3.
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return "" }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > 19 ? String(fields[19]) : ""
    }
}
