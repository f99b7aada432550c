import Benchmark
import BinaryCodec
import FadumpKernel
import Machine
import PowerFirmware

/// The registers of many CPUs: what a crash of a large machine spends its time on.
func benchmarkRegisters() {
    let cpus = 2048
    Benchmark("register save area of \(cpus) CPUs, written") { benchmark, area in
        for _ in benchmark.scaledIterations {
            var writer = BinaryWriter(.big)
            area.write(to: &writer, order: CPUModel.power7.registers)
            blackHole(writer.bytes.count)
        }
    } setup: {
        RegisterSaveArea(
            cpus: (0..<cpus).map { CPUState(logicalID: UInt32($0), model: .power7, seed: 1).saved }
        )
    }
    Benchmark("registers of \(cpus) CPUs, made up") { benchmark in
        for _ in benchmark.scaledIterations {
            for id in 0..<cpus { blackHole(CPUState(logicalID: UInt32(id), model: .power7, seed: 1)) }
        }
    }
    Benchmark("register, crash and release, \(cpus) CPUs") { benchmark, machine in
        for _ in benchmark.scaledIterations { cycle(machine) }
    } setup: {
        try started(64 << 30, cpus: cpus)
    }
}
