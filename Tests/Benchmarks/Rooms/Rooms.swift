import Benchmark

/// What single rooms cost, in process: `Scripts/bench --rooms` runs these.
///
/// What they work on is made before, in the setup: a machine made in the measured closure would also be taken down in it.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock],
        warmupIterations: 3,
        maxDuration: .seconds(2),
        maxIterations: 2000
    )
    benchmarkMachine()
    benchmarkDump()
    benchmarkRegisters()
}
