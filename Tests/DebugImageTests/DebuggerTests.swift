import BinaryCodec
import DebugImage
import Foundation
import Testing

@Suite("Debuggers read it")
struct DebuggerTests {
    private func run(_ program: String, _ arguments: [String]) throws -> String? {
        guard FileManager.default.isExecutableFile(atPath: program) else { return nil }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    @Test("readelf shows every entry, and complains of nothing", arguments: Endianness.allCases)
    func readelf(endianness: Endianness) throws {
        let path = "/tmp/fadumpfs-debugimage-\(getpid())-\(endianness)"
        defer { unlink(path) }
        try Data(try ImageFile(sample(endianness)).bytes).write(to: URL(fileURLWithPath: path))
        let text = try #require(
            try run("/usr/bin/readelf", ["--debug-dump=info", path]),
            "readelf (binutils) is needed"
        )
        #expect(!text.contains("Warning") && !text.contains("Error"), "\(text)")
        for part in [
            "DW_TAG_structure_type", ": task_struct", ": mm_struct", "DW_TAG_union_type", ": last", ": pid_t",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        let gdb = try run(
            "/usr/bin/gdb-multiarch",
            [
                "-q", "-batch", "-nx", "-ex", "ptype /o struct task_struct", "-ex", "ptype union both", "-ex",
                "print (enum state) 300", "-ex", "print &init_task", path,
            ]
        )
        guard let gdb else { return print("not run with gdb-multiarch: it is not installed") }
        #expect(gdb.contains("pid_t pid;") && gdb.contains("struct mm_struct *mm;"), "\(gdb)")
        #expect(gdb.contains("unsigned int level : 3;") && gdb.contains("total size (bytes):   24"), "\(gdb)")
        #expect(gdb.contains("char bytes[8];") && gdb.contains("void *any;"), "\(gdb)")
        #expect(gdb.contains("= last") && gdb.contains("0xc000000000001100 <init_task>"), "\(gdb)")
    }
}
