import Benchmark
import FadumpKernel
import Machine
import PhysicalMemory
import SystemPackage

/// A machine without its files: boot, registration, crash. The cost must not grow with the memory.
func benchmarkMachine() {
    for (size, bytes) in [("2 GiB", UInt64(2) << 30), ("1 TiB", 1 << 40), ("64 TiB", 64 << 40)] {
        Benchmark("boot, \(size)") { benchmark in
            for _ in benchmark.scaledIterations { blackHole(try started(bytes)) }
        }
        Benchmark("register and unregister, \(size)") { benchmark, machine in
            for _ in benchmark.scaledIterations {
                write("1", to: .fadumpRegistered, of: machine)
                write("0", to: .fadumpRegistered, of: machine)
            }
        } setup: {
            try started(bytes)
        }
        Benchmark("register, crash and release, \(size)") { benchmark, machine in
            for _ in benchmark.scaledIterations { cycle(machine) }
        } setup: {
            try started(bytes)
        }
    }
}

func started(_ bytes: UInt64, cpus: Int = 2) throws -> Machine {
    var configuration = MachineConfiguration()
    configuration.memory = MemoryMap(size: bytes)
    configuration.cpus = cpus
    configuration.maximumCPUs = max(cpus, 64)
    let machine = try Machine(configuration)
    machine.start()
    return machine
}

func write(_ text: String, to attribute: Attribute, of machine: Machine) {
    guard let boot = machine.runningBoot else { return }
    machine.store(attribute, Array(text.utf8), boot: boot, Unheard())
}

func cycle(_ machine: Machine) {
    write("1", to: .fadumpRegistered, of: machine)
    write("c", to: .sysrqTrigger, of: machine)
    write("1", to: .fadumpReleaseMemory, of: machine)
}

/// Nobody waits for the answer: on an instant clock it comes before the call returns.
struct Unheard: PendingAnswer {
    func finish(_ result: Result<Int, Errno>) { blackHole(result) }
}
