import FadumpKernel
import PhysicalMemory

/// A command written to `machine/control`: one line, one command.
public enum ControlCommand: Sendable, Hashable {
    case crash(CrashKind, cpu: UInt32?, reason: String?)
    case reboot
    case reset
    case powerOff
    case powerOn
    case cpu(UInt32, online: Bool)
    case memory(AddressRange, add: Bool)
    case kexecLoad(commandLine: String?)
    case kexecUnload

    /// Why a line is no command.
    public struct Malformed: Error, Sendable, CustomStringConvertible {
        public var description: String
    }

    /// What `machine/control` takes, for error messages and help.
    public static let syntax = """
        crash [panic|oops|system-reset|hmc] [cpu=N] [text], reboot, reset, power-off, power-on, \
        cpu online|offline N, memory add|remove START-END, kexec-load [command line], kexec-unload
        """

    public init(parsing line: String) throws(Malformed) {
        var words = line.split(whereSeparator: \.isWhitespace).map(String.init)[...]
        guard let verb = words.popFirst() else { throw Malformed(description: "empty command") }
        switch verb {
        case "crash": self = try Self.crash(words)
        case "reboot": self = try Self.plain(.reboot, verb, words)
        case "reset": self = try Self.plain(.reset, verb, words)
        case "power-off": self = try Self.plain(.powerOff, verb, words)
        case "power-on": self = try Self.plain(.powerOn, verb, words)
        case "cpu": self = try Self.cpu(words)
        case "memory": self = try Self.memory(words)
        case "kexec-load":
            self = .kexecLoad(commandLine: words.isEmpty ? nil : words.joined(separator: " "))
        case "kexec-unload": self = try Self.plain(.kexecUnload, verb, words)
        default: throw Malformed(description: "'\(verb)' is no command; there are: \(Self.syntax)")
        }
    }

    private static func plain(
        _ command: Self,
        _ verb: String,
        _ words: ArraySlice<String>
    ) throws(Malformed) -> Self {
        guard words.isEmpty else { throw Malformed(description: "'\(verb)' takes nothing behind it") }
        return command
    }

    private static func crash(_ words: ArraySlice<String>) throws(Malformed) -> Self {
        var rest = words
        var kind = CrashKind.sysrq
        if let word = rest.first, let named = CrashKind(rawValue: word) {
            kind = named
            rest = rest.dropFirst()
        }
        var cpu: UInt32?
        if let word = rest.first, word.hasPrefix("cpu=") {
            guard let number = UInt32(word.dropFirst(4)) else {
                throw Malformed(description: "'\(word)': a CPU is a number, for example cpu=1")
            }
            cpu = number
            rest = rest.dropFirst()
        }
        let reason = rest.joined(separator: " ")
        return .crash(kind, cpu: cpu, reason: reason.isEmpty ? nil : reason)
    }

    private static func cpu(_ words: ArraySlice<String>) throws(Malformed) -> Self {
        let words = Array(words)
        guard words.count == 2, ["online", "offline"].contains(words[0]), let number = UInt32(words[1]) else {
            throw Malformed(description: "write: cpu online N, or cpu offline N")
        }
        return .cpu(number, online: words[0] == "online")
    }

    private static func memory(_ words: ArraySlice<String>) throws(Malformed) -> Self {
        let words = Array(words)
        guard words.count == 2, ["add", "remove"].contains(words[0]) else {
            throw Malformed(description: "write: memory add START-END, or memory remove START-END")
        }
        do {
            return .memory(try MemoryMapSyntax.range(words[1], in: words[1]), add: words[0] == "add")
        } catch {
            throw Malformed(description: error.problem)
        }
    }
}
