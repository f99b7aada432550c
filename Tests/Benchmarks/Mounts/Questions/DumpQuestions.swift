import Dispatch
import Glibc
import Synchronization

/// The dump as tools read it: in sequence, at random, by two readers, through a mapping.
struct DumpQuestions {
    let files: [DumpFile]
    private let buffers = [Buffer(1 << 20), Buffer(1 << 20)]

    init(_ files: [DumpFile]) { self.files = files }

    var questions: [Question] {
        [
            question("vmcore sequential 64 KiB", "GB/s", .higher, parts: 16) { try sequential($0, 64 << 10) },
            question("vmcore sequential 1 MiB", "GB/s", .higher, parts: 16) { try sequential($0, 1 << 20) },
            question("vmcore random 4 KiB", "us", .lower, parts: 8) { try random($0, 4 << 10, times: 1024) },
            question("vmcore random 64 KiB", "us", .lower, parts: 8) { try random($0, 64 << 10, times: 256) },
            together,
            mapped,
        ]
    }

    /// How the mappings were to be had, where not as usual.
    var notes: [String] {
        files.compactMap { file in
            switch MappedDump.flags(file) {
            case MAP_SHARED: nil
            case nil: "\(file.contender) refuses to be mapped"
            default: "\(file.contender) takes private mappings only"
            }
        }
    }

    private var together: Question {
        var question = question("vmcore two readers 1 MiB", "GB/s", .higher, parts: 4, twoReaders)
        question.fitsOneCPU = false
        return question
    }

    /// Whoever can be mapped.
    private var mapped: Question {
        var question = question("vmcore mmap walk", "GB/s", .higher, parts: 8) { try MappedDump.walk($0) }
        let able = files.filter { MappedDump.flags($0) != nil }.map(\.contender)
        question.contenders.removeAll { !able.contains($0.name) }
        return question
    }

    /// Asked for the window in so many parts, each of which `measure` takes for the whole.
    private func question(
        _ id: String,
        _ unit: String,
        _ better: Question.Better,
        parts: Int,
        _ measure: @escaping (DumpFile) throws -> Double
    ) -> Question {
        Question(
            id: id,
            unit: unit,
            better: better,
            reference: Setup.tmpfs,
            contenders: files.map { file in
                .init(name: file.contender, parts: { try measure(file.part($0, of: parts)) })
            },
            parts: parts
        )
    }

    private func sequential(_ file: DumpFile, _ step: Int) throws -> Double {
        let reader = try Reader(file)
        let time = try Stopwatch.time { try reader.read(buffers[0].prefix(step)) }
        return Double(file.count) / time
    }

    /// Somebody who has opened a file and reads it from one end to the other.
    private final class Reader: Sendable {
        private let file: DumpFile
        private let opened: OpenedFile

        init(_ file: DumpFile) throws {
            self.file = file
            opened = try file.open()
        }

        func read(_ buffer: UnsafeMutableRawBufferPointer) throws {
            for offset in stride(from: file.start, to: file.start + file.count, by: buffer.count) {
                try opened.read(buffer, at: offset)
            }
        }
    }

    /// Microseconds for a read.
    private func random(_ file: DumpFile, _ size: Int, times: Int) throws -> Double {
        let opened = try file.open()
        var arbitrary = Arbitrary()
        let places = UInt64((file.count - size) / 4096)
        let buffer = buffers[0].prefix(size)
        let time = try Stopwatch.time {
            for _ in 0..<times {
                try opened.read(buffer, at: file.start + Int(arbitrary.next() % places) * 4096)
            }
        }
        return time / Double(times) / 1000
    }

    /// Two readers with a descriptor each, half of the window for each. Opening is not measured: it wakes a daemon, and
    /// while that is busy on one CPU both readers begin on the other.
    private func twoReaders(_ file: DumpFile) throws -> Double {
        let opened = [try Reader(file.part(0, of: 2)), try Reader(file.part(1, of: 2))]
        usleep(5000)
        let failure = Mutex<(any Error)?>(nil)
        let buffers = buffers
        let time = Stopwatch.time {
            DispatchQueue.concurrentPerform(iterations: 2) { which in
                do {
                    try opened[which].read(buffers[which].bytes)
                } catch {
                    failure.withLock { $0 = error }
                }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
        return Double(file.count) / time
    }
}
