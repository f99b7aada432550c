/// A wall of the house: what a room may never import, not even through another room, and why.
struct Wall: Sendable {
    var room: String
    var mayNotReach: Set<String>
    var because: String

    /// What only programs and files need. A room that lacks them can be driven by any test.
    private static let shell: Set<String> = [
        "BootEnvironment", "Daemon", "FadumpCommands", "FuseTransport", "Pictures", "Presentation",
        "ProcessLimits", "fadumpfs",
    ]
    private static let files: Set<String> = ["KernFS", "KernelTree"]
    private static let machine: Set<String> = ["Machine", "MachineFile", "MachineStore"]
    private static let kernel: Set<String> = ["FadumpKernel", "KernelProfile", "SyntheticKernel"]
    private static let bottom: Set<String> = ["BinaryCodec", "CLinux", "CoreFile", "PhysicalMemory"]

    static let all: [Wall] = [
        Wall(
            room: "PowerFirmware",
            mayNotReach: kernel.union(machine).union(files).union(shell).union(["CFuse"]),
            because: "firmware has never heard of a kernel, let alone of files"
        ),
        Wall(
            room: "FadumpKernel",
            mayNotReach: machine.union(files).union(shell).union(["CFuse", "SyntheticKernel"]),
            because: "the kernel model is a value that knows attributes and no files"
        ),
        Wall(
            room: "KernelTree",
            mayNotReach: shell.union(["CFuse", "MachineFile", "MachineStore"]),
            because: "the files of a boot do not know how a request arrives"
        ),
        Wall(
            room: "KernelComparison",
            mayNotReach: shell.union(["CFuse", "MachineFile", "MachineStore"]),
            because: "kernels are compared without a mount, whoever asks"
        ),
        Wall(
            room: "KernFS",
            mayNotReach: kernel.union(machine).union(shell).union(bottom)
                .union(["CFuse", "KernelTree", "PowerFirmware"]),
            because: "the pseudo file system does not know what its files are about"
        ),
        Wall(
            room: "FuseTransport",
            mayNotReach: kernel.union(machine).union(bottom)
                .union(["Daemon", "FadumpCommands", "KernelTree", "PowerFirmware", "fadumpfs"]),
            because: "the transport has never heard of fadump"
        ),
        Wall(
            room: "BootEnvironment",
            mayNotReach: kernel.union(machine).union([
                "PhysicalMemory", "CoreFile", "KernelTree", "PowerFirmware",
            ])
            .union(["Daemon", "FadumpCommands", "fadumpfs"]),
            because: "a boot knows a machine by its mounted files only"
        ),
        Wall(
            room: "Presentation",
            mayNotReach: kernel.union(machine).union(files).union(bottom)
                .union(["CFuse", "Daemon", "FadumpCommands", "FuseTransport", "PowerFirmware", "fadumpfs"]),
            because: "text and JSON do not know what they are about"
        ),
        Wall(
            room: "DebugImage",
            mayNotReach: kernel.union(machine).union(files).union(shell).union(["CFuse", "PowerFirmware"]),
            because: "debug information is written for whatever is described"
        ),
        Wall(
            room: "Machine",
            mayNotReach: files.union(shell).union(["CFuse", "MachineFile", "MachineStore"]),
            because: "a machine runs without any file system"
        ),
    ]

    /// Rooms that are values: a clock, a lock or a descriptor comes in as an argument, or not at all.
    static let values = [
        "BinaryCodec", "CoreFile", "DebugImage", "FadumpKernel", "KernelProfile", "PowerFirmware",
        "SyntheticKernel",
    ]

    /// The modules that have clocks, locks, descriptors and threads.
    static let shellModules: Set<String> = [
        "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization",
    ]
}
