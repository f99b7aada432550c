import BinaryCodec

/// Finds the records of a flattened file, reading nothing but their headers.
enum FlattenedIndex {
    static let headerByteCount = 4096
    static let recordHeaderByteCount: UInt64 = 16

    /// An index of so many records takes 96 MiB, and half a GiB while it is sorted.
    private static let most = 4 << 20

    /// For each record, which bytes of the file it stands for, and where they are in this one.
    ///
    /// Errors: another header, a record that reaches beyond the end of the file, and a file that ends without the
    /// mark of its end: its writer was cut off.
    static func records(
        of file: any DumpBytes
    ) throws(DumpFailure) -> [(range: Range<UInt64>, value: UInt64)] {
        try check(file)
        var records: [(range: Range<UInt64>, value: UInt64)] = []
        var position = UInt64(headerByteCount)
        while true {
            let bytes = try file.bytes(at: position, Int(recordHeaderByteCount), "header of a record")
            var reader = BinaryReader(bytes, .big)
            let offset: Int64
            let size: Int64
            do {
                offset = Int64(bitPattern: try reader.u64("offset of a record"))
                size = Int64(bitPattern: try reader.u64("buf_size of a record"))
            } catch {
                throw .malformed(error.moved(by: position), file: file.name)
            }
            if offset == -1, size == -1 { return records }
            guard offset >= 0, !offset.addingReportingOverflow(max(0, size)).overflow else {
                throw file.invalid("offset of a record", position, "\(offset)")
            }
            guard size > 0 else { throw file.invalid("buf_size of a record", position + 8, "\(size)") }
            let data = position + recordHeaderByteCount
            try file.demand(data, UInt64(size), "bytes of a record")
            guard records.count < most else {
                throw file.invalid("records", position, "more than \(most) of them")
            }
            records.append((UInt64(offset)..<UInt64(offset + size), data))
            position = data + UInt64(size)
        }
    }

    private static func check(_ file: any DumpBytes) throws(DumpFailure) {
        let bytes = try file.bytes(at: 0, headerByteCount, "header of a flattened file")
        var reader = BinaryReader(bytes, .big)
        do {
            try reader.skip(FlattenedBytes.magic.count, "signature")
            for field in ["type", "version"] {
                let offset = reader.offset
                let value = try reader.u64(field)
                guard value == 1 else {
                    throw BinaryError.invalid(field: field, offset: offset, found: "\(value), not 1")
                }
            }
        } catch let error as BinaryError {
            throw .malformed(error, file: file.name)
        } catch {
            throw .unsuitable("\(file.name): \(error)")
        }
    }
}
