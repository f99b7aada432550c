import BootEnvironment
import Glibc
import SystemPackage

/// A root file system whose programs this host cannot run by itself.
enum ForeignRoot {
    /// Emulators by ELF machine and byte order. Source: e_machine of the ELF header; qemu's names of programs.
    private static let emulators: [(machine: UInt16, isLittleEndian: Bool, name: String)] = [
        (21, true, "ppc64le"), (21, false, "ppc64"), (62, true, "x86_64"), (183, true, "aarch64"),
        (22, false, "s390x"), (243, true, "riscv64"),
    ]

    private static var own: String {
        #if arch(x86_64)
            "x86_64"
        #elseif arch(arm64)
            "aarch64"
        #elseif arch(powerpc64le)
            "ppc64le"
        #else
            ""
        #endif
    }

    /// The emulator for a root; nil for one of this host's own architecture, or one that cannot be told.
    ///
    /// Errors: an emulator is needed and not installed.
    static func interpreter(for root: String, named program: String?) throws -> Interpreter? {
        guard
            let header = ["/bin/sh", "/usr/bin/sh", "/bin/busybox", "/bin/true"].lazy.compactMap({
                header(root + $0)
            }).first
        else { return nil }
        let known = emulators.first {
            $0.machine == header.machine && $0.isLittleEndian == header.isLittleEndian
        }
        guard let known, known.name != own else { return nil }
        let candidates = program.map { [$0] } ?? ["qemu-\(known.name)-static", "qemu-\(known.name)"]
        guard let found = candidates.lazy.compactMap(find).first else {
            throw Failure(
                "the programs in \(root) are for \(known.name): install qemu-user-static, or name a statically linked "
                    + "emulator with --interpreter"
            )
        }
        return Interpreter(program: found, machine: known.machine, isLittleEndian: known.isLittleEndian)
    }

    private static func header(_ path: String) -> (machine: UInt16, isLittleEndian: Bool)? {
        guard let file = try? FileDescriptor.open(path, .readOnly, options: .closeOnExec) else { return nil }
        defer { try? file.close() }
        guard let bytes = try? file.bytes(at: 0, count: 20), bytes.count == 20,
            bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46])
        else { return nil }
        let isLittleEndian = bytes[5] == 1
        let (first, second) = (UInt16(bytes[18]), UInt16(bytes[19]))
        return (isLittleEndian ? second << 8 | first : first << 8 | second, isLittleEndian)
    }

    private static func find(_ program: String) -> String? {
        if program.contains("/") { return access(program, X_OK) == 0 ? program : nil }
        let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        return folders.split(separator: ":").map { $0 + "/" + program }.first { access($0, X_OK) == 0 }
    }
}
