import Glibc
import KernelProfile
import Machine
import PhysicalMemory

// hotpaths OPERATION TIMES [MEMORY-IN-MIB [CPUS [RANGES]]]: does it so many times, and prints the microseconds of CPU that
// one time took. Tests/Regressions/measure runs it where instructions and allocations are counted; the clock is for people.

func number(_ index: Int, or other: Int) -> Int {
    index < CommandLine.arguments.count ? Int(CommandLine.arguments[index]) ?? other : other
}

func microseconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
    return Double(now.tv_sec) * 1e6 + Double(now.tv_nsec) / 1e3
}

guard CommandLine.arguments.count > 2, let operation = Operation(rawValue: CommandLine.arguments[1]) else {
    print(
        "usage: HotPaths \(Operation.allCases.map(\.rawValue).joined(separator: "|")) TIMES [MIB [CPUS [RANGES]]]"
    )
    exit(64)
}
let times = number(2, or: 1)
var configuration = MachineConfiguration()
configuration.memory = try memory(UInt64(number(3, or: 2048)) << 20, ranges: number(5, or: 1))
configuration.cpus = number(4, or: 2)
configuration.kernel = KernelProfile.all.last ?? .default
do {
    try configuration.validate()
    let bench = try Bench(configuration)
    try operation.prepare(bench)
    let start = microseconds()
    for _ in 0..<times { try operation.perform(bench) }
    print(
        "\(operation.rawValue): \(((microseconds() - start) / Double(max(1, times)) * 10).rounded() / 10) us"
    )
} catch {
    print("\(operation.rawValue): \(error)")
    exit(1)
}

/// So many bytes in so many ranges with holes between them: a large one, in which a dump has room, and small ones.
func memory(_ bytes: UInt64, ranges count: Int) throws -> MemoryMap {
    let (hole, small): (UInt64, UInt64) = (1 << 20, 3 << 20)
    var ranges = [AddressRange(0, upTo: PhysicalAddress(bytes - UInt64(count - 1) * small))]
    for _ in 0..<(count - 1) {
        let start = (ranges.last?.end ?? 0) &+ hole
        ranges.append(AddressRange(start, upTo: start &+ small))
    }
    return try MemoryMap(ranges)
}
