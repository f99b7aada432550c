import ArgumentParser
import DumpFormats
import DumpVerification
import Glibc
import PhysicalMemory
import Pictures
import Presentation

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Say whether a captured dump has what the machine's memory held.",
        discussion: """
            Holds a dump that a tool captured against the machine that crashed: every page, the registers of each CPU, \
            VMCOREINFO and the other notes. A page may be missing only if the dump's level says so, as makedumpfile -d \
            does: 1 zeros, 2 cache without and 4 with private data, 8 pages of processes, 16 free pages. The level is \
            the one that the dump states; --level says it for dumps that state none, such as ELF cores.

              cp /mnt/power/proc/vmcore /tmp/dump && fadumpfs verify /tmp/dump
              makedumpfile -c -d 31 /mnt/power/proc/vmcore /tmp/dump && fadumpfs verify /tmp/dump
              fadumpfs verify --level 31 /tmp/dump.elf
              fadumpfs verify /tmp/part1 /tmp/part2 /tmp/part3
              fadumpfs verify --window 0x10000000-0x20000000 /tmp/dump

            While the dump waits, the machine itself is asked. Afterwards its truth is gone, unless it was kept:

              fadumpfs truth --output /tmp/truth
              fadumpfs verify --truth /tmp/truth /tmp/dump

            Exit codes: 0 nothing that had to be there is missing or wrong; 1 something is; 2 nothing can be said, \
            because the dump or the truth cannot be read; 64 and 128 and more as always.
            """
    )

    @Argument(help: "The dump: a file, or all files of one that was split.", completion: .file())
    var dump: [String]

    @OptionGroup
    var selection: MachineSelection

    @Option(
        help: ArgumentHelp("What was kept of the machine by 'fadumpfs truth'.", valueName: "file"),
        completion: .file()
    )
    var truth: String?

    @Option(
        help: ArgumentHelp("The dump was made with this level of makedumpfile -d: 0 to 31.", valueName: "n")
    )
    var level: UInt8?

    @Option(
        help: ArgumentHelp(
            "Look at this physical memory alone: 0x10000000-0x20000000, or 256M-512M.",
            valueName: "range"
        )
    )
    var window: MemoryWindow?

    @Option(help: ArgumentHelp("List so many damaged ranges, misplaced pages and CPUs.", valueName: "n"))
    var list = 20

    @OptionGroup(title: "Output")
    var output: OutputOptions

    func validate() throws {
        guard level ?? 0 <= 31 else { throw ValidationError("--level is a number from 0 to 31") }
        guard (0...100_000).contains(list) else {
            throw ValidationError("--list is a number from 0 to 100000")
        }
        guard truth == nil || selection.name == nil else {
            throw ValidationError(
                "--truth and --name both say what the dump is held against; give one of them"
            )
        }
    }

    func run() throws {
        do {
            let report = try verify()
            output.show(report)
            guard report.verdict == .sound else { throw ExitCode(1) }
        } catch let failure where failure is CannotVerify || failure is Failure {
            Standard.error("Error: \(failure)")
            throw ExitCode(CannotVerify.exitCode)
        }
    }

    private func verify() throws -> VerificationReport {
        let reader: DumpReader
        do throws(DumpFailure) { reader = try DumpReader(opening: dump) } catch {
            throw CannotVerify("cannot read the dump: \(error)")
        }
        let source = try truth.map(TruthSource.file) ?? .machine(selection.machine())
        let truth = try source.reader()
        if let window, !truth.truth.segments.contains(where: { $0.overlaps(window.range) }) {
            throw CannotVerify("the window \(window.range) has no memory that can be in a dump")
        }
        var request = Verification.Request()
        request.level = level
        request.window = window?.range
        request.listed = list
        request.bands = DumpPicture.columns * DumpPicture.rows
        var verification = Verification(of: reader, against: truth, request)
        output.say("holding \(dump.joined(separator: " ")) against \(source.name)")
        Interruption.note()
        var progress = CopyProgress(done: 0, total: verification.total, quiet: output.quiet || output.json)
        do {
            let result = try verification.run { bytes in
                progress.advance(by: bytes)
                return Interruption.signalNumber == nil
            }
            progress.end()
            return VerificationReport(result, dump: dump, truth: source.name, listed: list)
        } catch is Verification.Stopped {
            progress.end()
            Standard.error("interrupted at \(progress.done) of \(verification.total) bytes; nothing is said")
            throw ExitCode(128 + (Interruption.signalNumber ?? SIGINT))
        } catch let failure as DumpFailure {
            throw CannotVerify("cannot read the truth: \(failure)")
        }
    }
}
