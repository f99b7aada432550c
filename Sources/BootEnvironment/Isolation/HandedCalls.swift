import CLinux
import Glibc
import SystemPackage

/// System calls of a boot's processes that the server answers in the kernel's place.
struct HandedCalls: Sendable {
    let listener: FileDescriptor
    let boot: RunningBoot
    let identity: Identity

    init(listener: FileDescriptor, boot: RunningBoot, identity: Identity) {
        self.listener = listener
        self.boot = boot
        self.identity = identity
    }

    /// Serves until no process is left that could call.
    func serve() {
        while true {
            var call = clinux_system_call()
            guard clinux_next_system_call(listener.rawValue, &call) == 0 else {
                if errno == EINTR || errno == ENOENT { continue }
                return
            }
            let numbers = SystemCallFilter.architectures.first { $0.audit == call.architecture }
            switch UInt32(bitPattern: call.number) {
            case numbers?.reboot: reboot(call)
            case numbers?.uname: uname(call)
            default: refuse(call, .noFunction)
            }
        }
    }

    private func refuse(_ call: clinux_system_call, _ errno: Errno) {
        clinux_answer_system_call(listener.rawValue, call.id, 0, errno.rawValue)
    }

    private func succeed(_ call: clinux_system_call) {
        clinux_answer_system_call(listener.rawValue, call.id, 0, 0)
    }

    /// reboot(2) is the machine's: who calls it is not answered, since nothing of the boot lives on.
    private func reboot(_ call: clinux_system_call) {
        guard Self.isRoot(call.thread) else { return refuse(call, .notPermitted) }
        switch RebootCommand(
            UInt32(truncatingIfNeeded: call.arguments.0),
            UInt32(truncatingIfNeeded: call.arguments.1),
            UInt32(truncatingIfNeeded: call.arguments.2)
        ) {
        case .leave(let command)?: boot.leave(command)
        case .nothing?: succeed(call)
        case .kexec?: refuse(call, .notPermitted)
        case nil: refuse(call, .invalidArgument)
        }
    }

    private func uname(_ call: clinux_system_call) {
        let bytes = identity.bytes
        let count = bytes.withUnsafeBytes {
            clinux_write_memory(call.thread, call.arguments.0, $0.baseAddress, UInt($0.count))
        }
        guard clinux_system_call_is_waiting(listener.rawValue, call.id) != 0 else { return }
        count == bytes.count ? succeed(call) : refuse(call, .badAddress)
    }

    /// Whether a thread, by its number outside, is root's in the boot.
    private static func isRoot(_ thread: pid_t) -> Bool {
        var status = stat()
        return stat("/proc/\(thread)", &status) == 0 && status.st_uid == geteuid()
    }
}

/// What reboot(2) is asked for. Source: linux/reboot.h.
enum RebootCommand: Sendable, Hashable {
    /// The machine's own word for it.
    case leave(String)
    /// Ctrl-Alt-Del on and off.
    case nothing
    case kexec

    init?(_ magic: UInt32, _ second: UInt32, _ command: UInt32) {
        let seconds: Set<UInt32> = [672_274_793, 85_072_278, 369_367_448, 537_993_216]
        guard magic == 0xfee1_dead, seconds.contains(second) else { return nil }
        switch command {
        case 0x0123_4567, 0xa1b2_c3d4: self = .leave("reboot")
        case 0xcdef_0123, 0x4321_fedc: self = .leave("power-off")
        case 0x89ab_cdef, 0: self = .nothing
        case 0x4558_4543: self = .kexec
        default: return nil
        }
    }
}

/// What uname(2) says in a boot of another machine type: the host's, but for the machine and the boot's own host name.
struct Identity: Sendable {
    private let fields: [[UInt8]]
    private static let length = 65

    /// Asks the kernel, before a filter hands the question back.
    init(machineType: String?) {
        var name = utsname()
        uname(&name)
        var fields = withUnsafeBytes(of: &name) { bytes in
            stride(from: 0, to: bytes.count, by: Self.length).map { start in
                Array(bytes[start..<min(bytes.count, start + Self.length)])
            }
        }
        if let machineType, fields.count > 4 { fields[4] = Self.field(Array(machineType.utf8)) }
        self.fields = fields
    }

    /// struct new_utsname.
    var bytes: [UInt8] {
        var fields = fields
        if fields.count > 1, let name = Self.hostName { fields[1] = Self.field(name) }
        return fields.flatMap { $0 }
    }

    private static func field(_ text: [UInt8]) -> [UInt8] {
        let text = text.prefix(length - 1)
        return text + [UInt8](repeating: 0, count: length - text.count)
    }

    /// The boot's host name: this process shares its UTS namespace.
    private static var hostName: [UInt8]? {
        let file = open("/proc/sys/kernel/hostname", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: length)
        let count = read(file, &buffer, buffer.count)
        return count > 0 ? Array(buffer[..<count].prefix { $0 != UInt8(ascii: "\n") }) : nil
    }
}
