import Glibc

/// The same bytes of memory, as one contender shows them.
struct DumpFile {
    let contender: String
    let path: String
    /// Where in the file the bytes begin, and how many there are.
    let start: Int
    let count: Int

    /// Opened, and nothing of it remembered.
    func open() throws -> OpenedFile {
        let file = try OpenedFile(path)
        file.forgetPages()
        return file
    }

    /// One of `parts` equal pieces of it.
    func part(_ number: Int, of parts: Int) -> DumpFile {
        let size = count / parts
        return DumpFile(contender: contender, path: path, start: start + number * size, count: size)
    }

    /// Fills memory and plain files with the same bytes, none of their pages empty.
    ///
    /// All of them a MiB at a time, and another one first each time: which pages of the host a file gets, next to each
    /// other or torn out of what others left, is worth a tenth of its speed, and depends on when it is written.
    static func fill(_ paths: [(path: String, start: Int)], count: Int) throws {
        let buffer = Buffer(1 << 20)
        var arbitrary = Arbitrary()
        for offset in stride(from: 0, to: count, by: 1 << 20) {
            buffer.bytes.withMemoryRebound(to: UInt64.self) { words in
                for index in words.indices { words[index] = arbitrary.next() }
            }
            let first = (offset >> 20) % paths.count
            for (path, start) in paths[first...] + paths[..<first] {
                let file = try OpenedFile(path, O_WRONLY | O_CREAT)
                try file.write(UnsafeRawBufferPointer(buffer.bytes), at: start + offset)
            }
        }
    }

    /// Throws unless both have the same bytes: who reads something else is not measured.
    static func compare(_ one: DumpFile, _ other: DumpFile) throws {
        let (here, there) = (Buffer(1 << 20), Buffer(1 << 20))
        let first = try one.open()
        let second = try other.open()
        for offset in stride(from: 0, to: one.count, by: 1 << 20) {
            try first.read(here.bytes, at: one.start + offset)
            try second.read(there.bytes, at: other.start + offset)
            guard here.bytes.elementsEqual(there.bytes) else {
                throw SystemFailure("\(one.path) and \(other.path) differ at \(offset)")
            }
        }
    }
}
