import ArgumentParser
import Glibc
import KernelProfile
import Machine
import SystemPackage

struct VmlinuxVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vmlinux",
        abstract: "Write a vmlinux with debug information for a machine's kernel.",
        discussion: """
            Debuggers want the kernel's vmlinux beside its dump. The emulated kernel was never compiled; this file says \
            where its variables lie and what its structures hold, in as much of it as is in memory: names, log, pages, \
            zones, tasks. It belongs to the dumps of this kernel, byte order, page size and --dump-arch, whatever else \
            the machine is.

              fadumpfs vmlinux --output vmlinux            # of the running machine
              fadumpfs vmlinux --name big --output vmlinux
              fadumpfs vmlinux --kernel linux-7.2 --output vmlinux

              gdb-multiarch vmlinux /mnt/power/proc/vmcore -ex 'print init_uts_ns.name'
              drgn -c /mnt/power/proc/vmcore -s vmlinux
              crash --minimal vmlinux /mnt/power/proc/vmcore     # log, sym, rd; built for the dump's architecture
            """
    )

    @OptionGroup(title: "Machine")
    var machine: MachineOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to this file.", valueName: "file"),
        completion: .file()
    )
    var output: String

    @OptionGroup
    var overwriting: OverwriteOption

    @OptionGroup(title: "Output")
    var printing: OutputOptions

    func run() throws {
        try overwriting.allow(output)
        let meant = try described()
        let vmlinux = try Vmlinux(of: meant)
        try SmallFile.replace(FilePath(output), with: vmlinux.bytes)
        printing.confirm(VmlinuxReport(vmlinux, of: meant, in: output))
    }

    private static func real(_ image: String) -> Failure {
        Failure("the kernel of \(image) is a real one: use the vmlinux that it was built with")
    }

    /// A machine that options describe; without any the one that runs.
    private func described() throws -> MachineConfiguration {
        let described = try machine.describe()
        guard machine.saysNothingButName, described.file == nil else {
            if let path = described.machine.imagePath { throw Self.real(path) }
            return described.machine
        }
        var selection = MachineSelection()
        selection.name = machine.name
        let status = try selection.machine().status()
        if let image = status.image { throw Self.real(image.file) }
        return try status.kernelConfiguration(described.machine)
    }
}

extension StatusReport {
    /// `machine` with the kernel that this one runs.
    fileprivate func kernelConfiguration(_ machine: MachineConfiguration) throws -> MachineConfiguration {
        var machine = machine
        let settings: [(MachineSetting, String)] = [
            (.kernel, kernel), (.endianness, endian), (.pageSize, String(pageSize)),
            (.dumpArchitecture, dumpArchitecture),
        ]
        do {
            for (setting, text) in settings {
                try machine.set(setting, to: text, from: .option(setting.rawValue))
            }
        } catch {
            throw Failure("machine '\(name)' runs a kernel that this fadumpfs does not know: \(error)")
        }
        return machine
    }
}
