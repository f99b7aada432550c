import ArgumentParser
import CrashTruth
import DumpFormats
import DumpVerification
import Glibc
import Presentation
import SystemPackage

struct TruthVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "truth",
        abstract: "Keep what a machine was when it crashed, to verify dumps of it later.",
        discussion: """
            Writes what memory, registers and notes were at the crash whose dump waits. The file is small whatever the \
            machine's memory: it has a hash of each page that was written to. With --bytes it has the pages themselves, \
            and 'fadumpfs verify' can tell which bits of them are wrong. The machine forgets all this when its dump is \
            released.

              fadumpfs truth --output /tmp/truth
              echo 1 > /mnt/power/sys/kernel/fadump_release_mem
              fadumpfs verify --truth /tmp/truth /var/crash/vmcore
            """
    )

    @OptionGroup
    var selection: MachineSelection

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write it to this file.", valueName: "file"),
        completion: .file()
    )
    var output: String

    @Flag(help: "Keep the bytes of written pages, not only their hashes.")
    var bytes = false

    @OptionGroup
    var overwriting: OverwriteOption

    @OptionGroup(title: "Output")
    var printing: OutputOptions

    func run() throws {
        try overwriting.allow(output)
        let source = TruthSource.machine(try selection.machine())
        let reader: TruthReader
        do { reader = try source.reader() } catch let failure as CannotVerify {
            throw Failure(failure.description)
        }
        Interruption.note()
        let copy = try TruthCopy(to: FilePath(output), quiet: printing.quiet || printing.json)
        do {
            let total = try bytes ? copy.copy(from: source.name) : copy.hash(reader)
            printing.confirm(
                TruthReport(
                    file: output,
                    size: copy.size,
                    machine: reader.truth.facts.machine,
                    crashedBoot: reader.truth.facts.boot,
                    memory: reader.truth.memory,
                    stored: total,
                    payload: bytes ? "bytes" : "hashes",
                    pages: reader.truth.uses
                )
            )
        } catch is Verification.Stopped {
            copy.discard()
            Standard.error("interrupted; nothing is left")
            throw ExitCode(128 + (Interruption.signalNumber ?? SIGINT))
        } catch {
            copy.discard()
            throw error
        }
    }
}
