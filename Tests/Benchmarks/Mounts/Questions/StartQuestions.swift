import Glibc

/// From the start of the program until its files can be read.
struct StartQuestions {
    let setup: Setup

    var questions: [Question] {
        [
            Question(
                id: "start to mounted",
                unit: "ms",
                better: .lower,
                reference: Setup.equal,
                contenders: [
                    .init(name: "fadumpfs", measure: machine), .init(name: Setup.equal, measure: other),
                ]
            )
        ]
    }

    private var mount: String { setup.work + "/start" }

    private func machine() throws -> Double {
        let time = try Stopwatch.time {
            try Command.run([setup.fadumpfs, "mount", "--quiet", "--name", "start", mount])
            try read("/sys/kernel/fadump_enabled")
        }
        try Command.run([setup.fadumpfs, "unmount", "--quiet", mount])
        return time / 1_000_000
    }

    private func other() throws -> Double {
        let time = try Stopwatch.time {
            try Command.run([setup.passthrough, "-o", setup.equalOptions, mount])
            try read(Setup.registered)
        }
        try Command.run(["/usr/bin/env", "fusermount3", "-u", mount])
        return time / 1_000_000
    }

    private func read(_ path: String) throws {
        let buffer = Buffer(4096)
        let file = try OpenedFile(mount + path)
        guard pread(file.descriptor, buffer.bytes.baseAddress, 4096, 0) > 0 else {
            throw SystemFailure(call: "read", mount + path)
        }
    }
}
