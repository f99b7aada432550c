import Glibc

/// Measures what Scripts/bench has mounted, and prints what it found. Exit 1: slower than an earlier run.
@main
enum Mounts {
    static func main() {
        do {
            exit(try run())
        } catch {
            Output.error("bench: \(error)")
            exit(2)
        }
    }

    private static func run() throws -> Int32 {
        let options = try Options(Array(CommandLine.arguments.dropFirst()))
        // Read before anything is measured: a name that is wrong is told at once.
        let earlier = options["compare"].isEmpty ? nil : try Results.read(options["compare"])
        var run = try Run(Setup(options: options), rounds: options.number("rounds", or: 11))
        let results = try run.results()
        Output.text(results.text)
        if !options["json"].isEmpty { try results.write(to: options["json"]) }
        guard let earlier else { return 0 }
        let tolerance = Double(options.number("tolerance", or: 20)) / 100
        let comparison = Comparison(earlier, results, tolerance: tolerance)
        Output.text("\nratios compared with \(options["compare"]):\n" + comparison.text)
        return comparison.regressions.isEmpty ? 0 : 1
    }
}
