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
            question("vmcore sequential 64 KiB", "GB/s", .higher) { try sequential($0, 64 << 10) },
            question("vmcore sequential 1 MiB", "GB/s", .higher) { try sequential($0, 1 << 20) },
            question("vmcore random 4 KiB", "us", .lower) { try random($0, 4 << 10, times: 8192) },
            question("vmcore random 64 KiB", "us", .lower) { try random($0, 64 << 10, times: 2048) },
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
        var question = question("vmcore two readers 1 MiB", "GB/s", .higher, twoReaders)
        question.fitsOneCPU = false
        return question
    }

    /// Whoever can be mapped.
    private var mapped: Question {
        var question = question("vmcore mmap walk", "GB/s", .higher) { try MappedDump.walk($0) }
        let able = files.filter { MappedDump.flags($0) != nil }.map(\.contender)
        question.contenders.removeAll { !able.contains($0.name) }
        return question
    }

    private func question(
        _ id: String,
        _ unit: String,
        _ better: Question.Better,
        _ measure: @escaping (DumpFile) throws -> Double
    ) -> Question {
        Question(
            id: id,
            unit: unit,
            better: better,
            reference: Setup.tmpfs,
            contenders: files.map { file in .init(name: file.contender) { try measure(file) } }
        )
    }

    private func sequential(_ file: DumpFile, _ step: Int) throws -> Double {
        let opened = try file.open()
        let time = try Stopwatch.time {
            try Self.read(opened, file.start..<(file.start + file.count), buffers[0].prefix(step))
        }
        return Double(file.count) / time
    }

    private static func read(
        _ file: borrowing OpenedFile,
        _ range: Range<Int>,
        _ buffer: UnsafeMutableRawBufferPointer
    ) throws {
        for offset in stride(from: range.lowerBound, to: range.upperBound, by: buffer.count) {
            try file.read(buffer, at: offset)
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

    /// Two readers with a descriptor each, half of the window for each.
    private func twoReaders(_ file: DumpFile) throws -> Double {
        try file.open().forgetPages()
        let failure = Mutex<(any Error)?>(nil)
        let half = file.count / 2
        let buffers = buffers
        let time = Stopwatch.time {
            DispatchQueue.concurrentPerform(iterations: 2) { which in
                do {
                    let start = file.start + which * half
                    try Self.read(try OpenedFile(file.path), start..<(start + half), buffers[which].bytes)
                } catch {
                    failure.withLock { $0 = error }
                }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
        return Double(file.count) / time
    }
}
