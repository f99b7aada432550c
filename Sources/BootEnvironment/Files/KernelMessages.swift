import Glibc
import KernFS
import Synchronization
import SystemPackage

/// The machine's log as /dev/kmsg has it: a read gives one record.
///
/// A record begins where the records before it end, as if all stood in one file; the end is the end of that file.
/// Source: Documentation/ABI/testing/dev-kmsg.
final class KernelMessages: Blob {
    /// What the boot's programs wrote into the log, each behind so many lines of the machine's.
    final class Written: Sendable {
        fileprivate let lines = Mutex<[(behind: Int, line: String)]>([])
    }

    private let machine: MachineFiles
    private let written: Written
    private let records = Mutex<[(start: UInt64, bytes: [UInt8])]>([])

    static func node(_ name: String, _ machine: MachineFiles, _ written: Written) -> Node {
        var files = ProcFiles.conventions
        files.refusesDirect = false
        return .blob(
            name,
            mode: 0o644,
            files,
            open: { () throws(Errno) in KernelMessages(machine, written) },
            size: { KernelMessages(machine, written).size }
        )
    }

    private init(_ machine: MachineFiles, _ written: Written) {
        self.machine = machine
        self.written = written
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

    /// A write is a record, with `<level>` before it or as a warning of a user's program. Only this boot sees it.
    func write(at offset: UInt64, _ bytes: [UInt8]) throws(Errno) -> Int {
        var text = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != 0 }, as: UTF8.self)
        if !text.hasPrefix("<") { text = "<12>" + text }
        let count = lines().count
        written.lines.withLock { $0.append((count, text)) }
        return bytes.count
    }

    func seekData(from offset: UInt64) throws(Errno) -> UInt64 { 0 }

    func seekHole(from offset: UInt64) throws(Errno) -> UInt64 { size }

    private func lines() -> [Substring] {
        String(decoding: (try? machine.read("machine/dmesg")) ?? [], as: UTF8.self).split(separator: "\n")
    }

    private func refresh() {
        let bytes = Self.merged(lines(), written.lines.withLock { $0 }).enumerated().map {
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

    /// The machine's lines with what was written between them; that has the time of the line before it.
    static func merged(_ lines: [Substring], _ written: [(behind: Int, line: String)]) -> [Substring] {
        var merged: [Substring] = []
        var rest = written[...]
        for index in 0...lines.count {
            let time = index > 0 ? lines[index - 1].drop { $0 != "[" }.prefix { $0 != "]" } : "[ 0.000000"
            while let next = rest.first, next.behind <= index || index == lines.count {
                rest = rest.dropFirst()
                let level = next.line.prefix { $0 != ">" }
                merged.append("\(level)>\(time)] \(next.line.dropFirst(level.count + 1))")
            }
            if index < lines.count { merged.append(lines[index]) }
        }
        return merged
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
