import Glibc

/// Walks over a mapped dump, touching each page.
enum MappedDump {
    /// GB of the window for each second.
    static func walk(_ file: DumpFile) throws -> Double {
        let opened = try file.open()
        let slack = file.start % 4096
        let count = file.count + slack
        guard let flags = flags(file),
            let base = mmap(nil, count, PROT_READ, flags, opened.descriptor, file.start - slack),
            base != MAP_FAILED
        else { throw SystemFailure(call: "mmap", file.path) }
        defer { munmap(base, count) }
        var sum = 0
        let time = Stopwatch.time {
            for offset in stride(from: 0, to: count, by: 4096) {
                sum &+= Int(base.load(fromByteOffset: offset, as: UInt8.self))
            }
        }
        guard sum > 0 else { throw SystemFailure("\(file.path): the mapping shows zeros only") }
        return Double(file.count) / time
    }

    /// A shared mapping, else a private one; nil where neither is to be had.
    static func flags(_ file: DumpFile) -> Int32? {
        guard let opened = try? file.open() else { return nil }
        for flags in [MAP_SHARED, MAP_PRIVATE] {
            let base = mmap(nil, 4096, PROT_READ, flags, opened.descriptor, 0)
            guard base != MAP_FAILED else { continue }
            munmap(base, 4096)
            return flags
        }
        return nil
    }
}
