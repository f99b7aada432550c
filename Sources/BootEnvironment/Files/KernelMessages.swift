import Glibc
import KernFS
import Synchronization
import SystemPackage

/// The machine's log as /dev/kmsg has it: a read gives one record.
///
/// A record begins where the records before it end, as if all stood in one file; the end is the end of that file.
/// Source: Documentation/ABI/testing/dev-kmsg.
final class KernelMessages: Blob {
    private let machine: MachineFiles
    private let records = Mutex<[(start: UInt64, bytes: [UInt8])]>([])

    static func node(_ name: String, _ machine: MachineFiles) -> Node {
        var files = ProcFiles.conventions
        files.refusesDirect = false
        return .blob(
            name,
            mode: 0o644,
            files,
            open: { () throws(Errno) in KernelMessages(machine) },
            size: { KernelMessages(machine).size }
        )
    }

    private init(_ machine: MachineFiles) {
        self.machine = machine
        refresh()
    }

    var size: UInt64 { records.withLock { $0.last.map { $0.start + UInt64($0.bytes.count) } ?? 0 } }

    func read(at offset: UInt64, count: Int, _ body: ([UnsafeRawBufferPointer]) -> Void) throws(Errno) {
        if offset >= size { refresh() }
        let record = records.withLock { $0.first { $0.start + UInt64($0.bytes.count) > offset } }
        guard let record, offset <= record.start else { return body([]) }
        guard record.bytes.count <= count else { throw .invalidArgument }
        record.bytes.withUnsafeBytes { body([$0]) }
    }

    /// Taken and forgotten: what scripts say goes nowhere else either.
    func write(at offset: UInt64, _ bytes: [UInt8]) throws(Errno) -> Int { bytes.count }

    func seekData(from offset: UInt64) throws(Errno) -> UInt64 { 0 }

    func seekHole(from offset: UInt64) throws(Errno) -> UInt64 { size }

    private func refresh() {
        let text = String(decoding: (try? machine.read("machine/dmesg")) ?? [], as: UTF8.self)
        let bytes = text.split(separator: "\n").enumerated().map {
            Self.record($0.element, number: $0.offset)
        }
        records.withLock { records in
            var start: UInt64 = 0
            records = bytes.map { bytes in
                defer { start += UInt64(bytes.count) }
                return (start, bytes)
            }
        }
    }

    /// `<6>[    0.000001] text` as `6,number,microseconds,-;text`.
    static func record(_ line: Substring, number: Int) -> [UInt8] {
        var rest = line
        var level = "6"
        if rest.first == "<", let end = rest.firstIndex(of: ">") {
            level = String(rest[rest.index(after: rest.startIndex)..<end])
            rest = rest[rest.index(after: end)...]
        }
        var time = "0"
        if rest.first == "[", let end = rest.firstIndex(of: "]") {
            let digits = rest[..<end].filter(\.isNumber)
            time = String(UInt64(digits) ?? 0)
            rest = rest[rest.index(after: end)...].drop { $0 == " " }
        }
        return Array("\(level),\(number),\(time),-;\(rest)\n".utf8)
    }
}
