import Glibc
import KernFS

/// What of a boot's /proc is the machine's: places over which its files are bound, and the trigger, which is served.
///
/// The name of a place is there as long as the machine has the file. When it goes, the next one who looks it up is told
/// so, and the kernel detaches what is bound over it.
struct ProcFiles {
    let machine: MachineFiles
    let boot: RunningBoot

    /// Names that are hidden from listings.
    static let real = ".real"
    static let messages = ".kmsg"

    static var conventions: Conventions {
        var files = Conventions()
        files.size = .fixed(0)
        files.blockSize = 1024
        files.writeRefusal = .ioError
        files.sync = .invalidArgument
        files.create = .noSuchFileOrDirectory
        files.newName = .noSuchFileOrDirectory
        return files
    }

    var nodes: [Node] {
        let tree = RealTree(folder: machine.path + "/proc")
        return tree.names("").map { name in
            switch tree.kind("/" + name) {
            case .directory?: .directory(name, mode: 0o555, Self.conventions, [])
            default: name == "sysrq-trigger" ? trigger(name) : place(name)
            }
        }
    }

    private func place(_ name: String) -> Node {
        let machine = machine
        return .attribute(
            name,
            mode: machine.mode("proc/" + name) ?? 0o444,
            Self.conventions,
            show: nil,
            store: nil,
            presence: .asked { machine.exists("proc/" + name) }
        )
    }

    private func trigger(_ name: String) -> Node {
        let boot = boot
        return .attribute(
            name,
            mode: 0o200,
            Self.conventions,
            show: nil,
            store: { boot.pass($0, to: "proc/" + name) }
        )
    }
}
