import ArgumentParser
import Glibc
import SystemPackage

struct VMCore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vmcore",
        abstract: "Copy a machine's dump to a file, or explain it.",
        discussion: """
            A copy keeps the dump's holes, so that a machine of terabytes becomes a file as large as what was written \
            to its memory. It is made beside the file that it will become, as FILE.partial, and gets its name when it \
            is whole. When it is interrupted, the same command goes on where it was; --no-resume makes it begin anew \
            and leave nothing behind.

              fadumpfs vmcore --output /var/crash/vmcore
              fadumpfs vmcore --headers
              fadumpfs vmcore --headers --input /var/crash/vmcore
            """
    )

    @OptionGroup
    var selection: MachineSelection

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Copy the dump to this file.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    @Flag(help: "Explain the core file in words: segments, notes, registers.")
    var headers = false

    @Option(
        help: ArgumentHelp("Explain this core file instead of a machine's dump.", valueName: "file"),
        completion: .file()
    )
    var input: String?

    @OptionGroup
    var overwriting: OverwriteOption

    @Flag(inversion: .prefixedNo, help: "Go on with an interrupted copy of the same dump.")
    var resume = true

    @OptionGroup(title: "Output")
    var printing: OutputOptions

    func validate() throws {
        guard headers || output != nil else {
            throw ValidationError(
                "say what to do with the dump: --output FILE copies it, --headers explains it"
            )
        }
        guard !headers || output == nil else {
            throw ValidationError("--output and --headers exclude each other")
        }
        guard input == nil || headers else { throw ValidationError("--input goes with --headers") }
    }

    func run() throws {
        if let output { return try copy(to: FilePath(output)) }
        if let input { return printing.show(try HeadersReport(file: FilePath(input), status: nil)) }
        let machine = try selection.machine()
        let status = try machine.status()
        guard status.vmcoreSize != nil else {
            throw Failure("machine '\(status.name)' has no dump; see 'fadumpfs status'")
        }
        printing.show(try HeadersReport(file: machine.path("vmcore"), status: status))
    }

    private func copy(to output: FilePath) throws {
        try overwriting.allow(output.string)
        let machine = try selection.machine()
        let source = try SparseSource(machine.path("vmcore"))
        let identity = DumpIdentity(try machine.status(), machine.entry, size: source.size)
        let file = try PartialFile(for: output, identity, resuming: resume)
        Interruption.note()
        var copy = try DumpCopy(source: source, file: file, quiet: printing.quiet || printing.json)
        if copy.resumedAt > 0 { printing.say("going on at byte \(copy.resumedAt)") }
        do {
            let signal = try copy.run()
            copy.progress.end()
            if let signal { throw interrupted(by: signal, copy) }
            try copy.file.finish()
        } catch let gone as DumpGone {
            // Nobody can go on with a dump that is gone.
            copy.file.discard()
            throw gone
        }
        printing.confirm(
            CopyReport(
                file: output.string,
                size: source.size,
                data: copy.progress.done,
                resumedAt: copy.resumedAt,
                seconds: copy.progress.seconds
            )
        )
    }

    private func interrupted(by signal: Int32, _ copy: DumpCopy) -> ExitCode {
        if resume {
            Standard.error(
                "interrupted at byte \(copy.file.position); the same command goes on, or remove \(copy.file.path)"
            )
        } else {
            copy.file.discard()
            Standard.error("interrupted; nothing is left")
        }
        return ExitCode(128 + signal)
    }
}
