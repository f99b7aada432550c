import ArgumentParser
import KernelProfile
import Machine

struct Kernels: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kernels",
        abstract: "List the kernels that can be emulated, show one in detail, or compare two.",
        discussion: """
            Each kernel is booted, crashed and released in this process, and asked what a script could ask: \
            nothing here was typed. --kernel of 'fadumpfs mount' takes the names.

              fadumpfs kernels
              fadumpfs kernels linux-5.10
              fadumpfs kernels --diff linux-5.4 linux-5.10
              fadumpfs kernels --diff linux-3.4 linux-7.2 --json | jq '.changes[] | select(.topic == "files")'
            """
    )

    @Argument(help: "The kernel to show in detail.", completion: .list(Self.names))
    var kernel: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Say what is different in the second of two kernels.", valueName: "kernel"),
        completion: .list(Self.names)
    )
    var diff: [String] = []

    @OptionGroup(title: "Output")
    var output: OutputOptions

    private static let names = KernelProfile.all.map(\.name)

    func validate() throws {
        guard diff.isEmpty || diff.count == 2 else {
            throw ValidationError("--diff takes two kernels, got \(diff.count)")
        }
        guard diff.isEmpty || kernel == nil else {
            throw ValidationError("a kernel to show and --diff exclude each other")
        }
        for name in diff + [kernel].compactMap({ $0 }) { _ = try Self.profile(name) }
    }

    func run() throws {
        if diff.count == 2, let old = diff.first, let new = diff.last {
            return output.show(try KernelDiffReport(from: Self.profile(old), to: Self.profile(new)))
        }
        if let kernel {
            return output.show(KernelReport(kernel: try KernelView(Self.profile(kernel))))
        }
        output.show(KernelsReport(kernels: try KernelProfile.all.map { try KernelView($0) }))
    }

    private static func profile(_ name: String) throws -> KernelProfile {
        guard let profile = KernelProfile.named(name) else {
            let meant = Spelling.nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
            throw ValidationError(
                "there is no kernel '\(name)'\(meant); there are: \(names.joined(separator: ", "))"
            )
        }
        return profile
    }
}
