import CLinux
import SystemPackage

/// Which system calls of a boot the host's kernel does not get: kexec, modules, swap and the kernel's log are refused,
/// reboot is handed to the server, and uname where the boot is to say another machine type.
///
/// The filter is put on before the boot's first process exists, and nobody in the boot can take it off.
struct SystemCallFilter {
    /// What happens to a call.
    enum Fate: Sendable, Hashable {
        case refused
        case handed
    }

    /// An architecture's numbers. Source: the kernel's tables of system calls; AUDIT_ARCH_ of linux/audit.h.
    struct Architecture: Sendable {
        var name: String
        var audit: UInt32
        var reboot: UInt32
        var uname: UInt32
        var refused: [UInt32]
        /// From this number on calls are of another ABI, which is refused as a whole.
        var limit: UInt32?
    }

    /// In the order: kexec_load, kexec_file_load, init_module, finit_module, delete_module, swapon, swapoff, syslog.
    static let architectures: [Architecture] = [
        Architecture(
            name: "x86_64",
            audit: 0xc000_003e,
            reboot: 169,
            uname: 63,
            refused: [246, 320, 175, 313, 176, 167, 168, 103],
            limit: 0x4000_0000
        ),
        Architecture(
            name: "i386",
            audit: 0x4000_0003,
            reboot: 88,
            uname: 122,
            refused: [283, 128, 350, 129, 87, 115, 103]
        ),
        Architecture(
            name: "aarch64",
            audit: 0xc000_00b7,
            reboot: 142,
            uname: 160,
            refused: [104, 294, 105, 273, 106, 224, 225, 116]
        ),
        Architecture(
            name: "riscv64",
            audit: 0xc000_00f3,
            reboot: 142,
            uname: 160,
            refused: [104, 294, 105, 273, 106, 224, 225, 116]
        ),
        Architecture(
            name: "arm",
            audit: 0x4000_0028,
            reboot: 88,
            uname: 122,
            refused: [347, 401, 128, 379, 129, 87, 115, 103]
        ),
        Architecture(
            name: "ppc64le",
            audit: 0xc000_0015,
            reboot: 88,
            uname: 122,
            refused: [268, 382, 128, 353, 129, 87, 115, 103]
        ),
        Architecture(
            name: "ppc64",
            audit: 0x8000_0015,
            reboot: 88,
            uname: 122,
            refused: [268, 382, 128, 353, 129, 87, 115, 103]
        ),
    ]

    /// Puts the filter on this process and all that descend from it; gives the descriptor on which handed calls arrive.
    static func install(machineType: String?) throws(BootFailure) -> FileDescriptor {
        let program = program(handsUname: machineType != nil)
        let listener = program.withUnsafeBytes {
            clinux_filter_system_calls($0.baseAddress, Int32(program.count), 1)
        }
        return FileDescriptor(
            rawValue: try check(
                listener,
                "cannot filter system calls (a boot needs seccomp with user notification, Linux 5.0, and cannot stand "
                    + "inside another boot)"
            )
        )
    }

    /// One instruction of classic BPF. Source: linux/bpf_common.h, linux/filter.h.
    struct Instruction: Sendable, Hashable {
        var code: UInt16
        var ifTrue: UInt8 = 0
        var ifFalse: UInt8 = 0
        var value: UInt32

        /// Loads a word of struct seccomp_data.
        static func load(at offset: UInt32) -> Self { Self(code: 0x20, value: offset) }
        /// Skips where the word differs.
        static func unless(_ value: UInt32, skip: UInt8) -> Self {
            Self(code: 0x15, ifFalse: skip, value: value)
        }
        /// Skips where the word is less.
        static func unlessAtLeast(_ value: UInt32, skip: UInt8) -> Self {
            Self(code: 0x35, ifFalse: skip, value: value)
        }
        static func end(_ action: UInt32) -> Self { Self(code: 0x06, value: action) }
    }

    /// Source: SECCOMP_RET_ of linux/seccomp.h.
    private static let allow: UInt32 = 0x7fff_0000
    private static let hand: UInt32 = 0x7fc0_0000
    private static func refuse(_ errno: Errno) -> UInt32 { 0x0005_0000 | UInt32(errno.rawValue) }

    static func program(handsUname: Bool) -> [Instruction] {
        var program = [Instruction.load(at: 4)]
        for architecture in architectures {
            let block = block(architecture, handsUname)
            program.append(.unless(architecture.audit, skip: UInt8(block.count)))
            program += block
        }
        return program + [.end(allow)]
    }

    private static func block(_ architecture: Architecture, _ handsUname: Bool) -> [Instruction] {
        var block = [Instruction.load(at: 0)]
        if let limit = architecture.limit {
            block += [.unlessAtLeast(limit, skip: 1), .end(refuse(.noFunction))]
        }
        block += [.unless(architecture.reboot, skip: 1), .end(hand)]
        if handsUname { block += [.unless(architecture.uname, skip: 1), .end(hand)] }
        for number in architecture.refused {
            block += [.unless(number, skip: 1), .end(refuse(.notPermitted))]
        }
        return block + [.end(allow)]
    }
}
