import CScheduling
import Glibc

/// Everything that takes part on one CPU.
///
/// Where a request wakes a thread on another CPU, most of what is measured is how deep that CPU slept and how far the
/// data had to come, which changes from moment to moment. On one CPU the same run gives the same ratios again.
struct OneCPU {
    let processes: [pid_t]
    /// The first ones have most of the interrupts, so it is the last.
    private let cpu: Int32

    init(_ processes: [pid_t]) throws {
        self.processes = processes
        cpu = cscheduling_last_cpu()
        guard cpu >= 0 else { throw SystemFailure(call: "sched_getaffinity", "of this process") }
    }

    /// The same question with everything on one CPU.
    func asked(_ question: Question) -> Question {
        Question(
            id: question.id + ", one CPU",
            unit: question.unit,
            better: question.better,
            reference: question.reference,
            contenders: question.contenders.map { contender in
                .init(
                    name: contender.name,
                    parts: { part in
                        place(cpu)
                        defer { place(-1) }
                        return try contender.measure(part)
                    }
                )
            },
            parts: question.parts
        )
    }

    private func place(_ cpu: Int32) {
        for thread in [0] + processes.flatMap(Self.threads) { _ = cscheduling_place(thread, cpu) }
    }

    private static func threads(of process: pid_t) -> [pid_t] {
        guard let directory = opendir("/proc/\(process)/task") else { return [] }
        defer { closedir(directory) }
        var threads: [pid_t] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let thread = pid_t(name) { threads.append(thread) }
        }
        return threads
    }
}
