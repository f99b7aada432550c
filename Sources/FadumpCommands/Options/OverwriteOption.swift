import ArgumentParser
import Glibc

/// What a verb that writes a file does where there is one already.
struct OverwriteOption: ParsableArguments {
    @Flag(help: "Write over a file that is there.")
    var force = false

    /// Errors: a `Failure` where `output` exists and --force does not say that it may go.
    func allow(_ output: String) throws {
        guard force || access(output, F_OK) != 0 else {
            throw Failure("\(output) exists already; --force writes over it")
        }
    }
}
