import BinaryCodec
import CoreFile
import Glibc
import PhysicalMemory
import SystemPackage
import Testing

/// What programs that know nothing of this one make of a core file.
@Suite("Real tools on a core file")
struct DumpToolTests {
    private static func isInstalled(_ program: String) -> Bool { access("/usr/bin/" + program, X_OK) == 0 }

    /// A core file of 16 MiB, in a folder of its own that is gone afterwards.
    private func withCoreOnDisk(_ endianness: Endianness, cpus: UInt64, _ body: (String) throws -> Void)
        throws
    {
        let ram = try PhysicalRAM(map: MemoryMap(size: 16 << 20))
        try ram.write(Array("planted in boot memory".utf8), at: 0x60_1020)
        let notes = (0..<cpus).map { PRStatus(registers: registers(cpu: $0)).note(endianness) }
        let core = try CoreFile(
            endianness: endianness,
            machine: .ppc64,
            flags: 0,
            notes: notes + [VMCoreInfo(text: "OSRELEASE=3.4.0\nPAGESIZE=65536\n").note],
            segments: [segment(0, count: 0x10_0000, at: 0x60_1020), segment(0x10_0000, count: 0x50_0000)],
            layout: .packed,
            ram: ram
        )
        var template = Array("/tmp/corefile-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let path = folder + "/vmcore"
        defer {
            unlink(path)
            rmdir(folder)
        }
        let file = try FileDescriptor.open(
            FilePath(path),
            .writeOnly,
            options: [.create, .exclusiveCreate],
            permissions: .ownerReadWrite
        )
        try file.closeAfter {
            for offset in stride(from: 0, to: core.size, by: 1 << 20) {
                _ = try file.writeAll(core.image.read(at: offset, count: 1 << 20))
            }
        }
        try body(path)
    }

    /// What a command prints, errors included.
    private func output(of command: String) throws -> String {
        guard let pipe = popen("LC_ALL=C \(command) 2>&1", "r") else { throw Errno(rawValue: errno) }
        defer { pclose(pipe) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "readelf reads headers, notes and segments without a warning",
        .enabled(if: isInstalled("readelf")),
        arguments: Endianness.allCases
    )
    func readelf(_ endianness: Endianness) throws {
        try withCoreOnDisk(endianness, cpus: 2) { path in
            let text = try output(of: "readelf -hlnW \(path)")
            #expect(!text.hasComplaint, "\(text)")
            #expect(
                text.contains(
                    endianness == .big ? "2's complement, big endian" : "2's complement, little endian"
                )
            )
            #expect(text.contains("Type:                              CORE (Core file)"))
            #expect(text.contains("Machine:                           PowerPC64"))
            #expect(text.contains("NOTE           0x0000e8"))
            #expect(
                text.contains(
                    "LOAD           0x000538 0xc000000000000000 0x0000000000000000 0x100000 0x100000 RWE"
                )
            )
            #expect(
                text.contains(
                    "LOAD           0x100538 0xc000000000100000 0x0000000000100000 0x500000 0x500000 RWE"
                )
            )
            #expect(text.occurrences(of: "NT_PRSTATUS") == 2)
            #expect(text.occurrences(of: "VMCOREINFO") == 1)
        }
    }

    @Test(
        "gdb finds the registers of the CPU and planted bytes at their virtual address",
        .enabled(if: isInstalled("gdb-multiarch")),
        arguments: Endianness.allCases
    )
    func gdb(_ endianness: Endianness) throws {
        try withCoreOnDisk(endianness, cpus: 1) { path in
            let text = try gdb(path, "info registers", "x/s 0xc000000000000000")
            expectFirstCPU(text)
            #expect(text.contains("\"planted in boot memory\""), "\(text)")
        }
    }

    /// All process ids in such a dump are 0, so gdb takes the CPUs for one process that came and went; the dump of
    /// a 3.4.113 kernel shows the same. Its second thread has the registers of the first note.
    @Test(
        "with two CPUs, gdb shows the first one's registers as thread 2",
        .enabled(if: isInstalled("gdb-multiarch")),
        arguments: Endianness.allCases
    )
    func gdbTwoCPUs(_ endianness: Endianness) throws {
        try withCoreOnDisk(endianness, cpus: 2) { path in
            expectFirstCPU(try gdb(path, "thread 2", "info registers"))
        }
    }

    private func gdb(_ path: String, _ commands: String...) throws -> String {
        let arguments = commands.map { " -ex '\($0)'" }.joined()
        return try output(of: "gdb-multiarch -nx -batch -c \(path)" + arguments)
    }

    private func expectFirstCPU(_ text: String) {
        let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let expected = [
            "r0": "0xc0de000000000000", "r31": "0xc0de00000000001f", "pc": "0xc0de000000000020",
            "msr": "0xc0de000000000021", "ctr": "0xc0de000000000023", "lr": "0xc0de000000000024",
        ]
        for (name, value) in expected {
            #expect(lines.first { $0.first == name }?.dropFirst().first == value, "\(name) in: \(text)")
        }
    }
}

extension String {
    fileprivate var hasComplaint: Bool { contains("Warning") || contains("Error") || contains("warning:") }

    /// How often `part` is in it.
    fileprivate func occurrences(of part: String) -> Int { ranges(of: part).count }
}
