import BinaryCodec

/// The file that a flattened one stands for: its records put in order, without copying them.
///
/// A header of 4096 bytes, then records: where in the file some bytes belong, how many they are, and the bytes. What
/// no record has reads as zero; where records overlap, the later one counts. Numbers are big-endian. Source:
/// `struct makedumpfile_header`, `struct makedumpfile_data_header` (makedumpfile 1.7, makedumpfile.h); `-R`, which
/// writes the records one after the other.
struct FlattenedBytes: DumpBytes {
    static let magic = Array("makedumpfile".utf8) + [0, 0, 0, 0]

    let name: String
    let size: UInt64
    private let file: any DumpBytes
    /// Where the bytes of each record begin in the flattened file.
    private let records: Layers<UInt64>

    init(_ file: any DumpBytes) throws(DumpFailure) {
        self.file = file
        name = "\(file.name) (put in order)"
        // Where records overlap, the later one counts.
        records = Layers(try FlattenedIndex.records(of: file).reversed())
        size = records.runs.last?.range.upperBound ?? 0
    }

    func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(DumpFailure) -> Int {
        let count = offset < size ? Int(min(UInt64(buffer.count), size - offset)) : 0
        var done = 0
        var index = records.index(at: offset)
        while done < count, index < records.runs.count {
            let run = records.runs[index]
            let position = offset + UInt64(done)
            let isGap = run.range.lowerBound > position
            let end = isGap ? run.range.lowerBound : run.range.upperBound
            let length = Int(min(end - position, UInt64(count - done)))
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[done..<(done + length)])
            if isGap {
                part.initializeMemory(as: UInt8.self, repeating: 0)
            } else {
                try file.fill(part, at: run.value + (position - run.origin), "bytes of a record")
                index += 1
            }
            done += length
        }
        return done
    }
}
