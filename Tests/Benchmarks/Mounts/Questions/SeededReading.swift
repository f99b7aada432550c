/// Memory that follows from a seed, read by many at a time: each piece is made up while it is read.
enum SeededReading {
    static let clients = 64

    /// Reads `count` bytes of the machine's memory, each client its part, a MiB at a time.
    static func read(_ setup: Setup, _ machine: String, count: Int) throws {
        let path = setup.machine(machine) + "/machine/memory"
        let part = count / clients
        try Clients.together(clients) { number in
            let file = try OpenedFile(path)
            let buffer = Buffer(1 << 20)
            let start = (1 << 30) + number * part
            for offset in stride(from: start, to: start + part, by: 1 << 20) {
                try file.read(buffer.bytes, at: offset)
            }
        }
    }
}
