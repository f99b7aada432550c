import CoreFile
import KernelProfile
import Machine

extension KernelObserver {
    /// The dump of a machine of 2 GiB as the file that tools open: its headers, its keys, and who can read it.
    mutating func observeDump() throws {
        let trial = try Self.crashed(kernel)
        guard let core = trial.machine.vmcore?.core else { return add(.vmcore, "file", "none") }
        let reader = try CoreFileReader { offset, count in try core.image.read(at: offset, count: count) }
        let hex = KernelFormat.hex
        add(.vmcore, "byte order", reader.header.endianness.rawValue)
        add(.vmcore, "e_flags", String(reader.header.flags))
        let notes = reader.notes.map { "\($0.name), type \($0.type)" }
        add(.vmcore, "notes", notes)
        add(
            .vmcore,
            "segments",
            reader.segments.map { segment in
                let place = "physical \(hex(segment.physicalAddress)), \(segment.fileSize) bytes"
                return "\(place), at \(hex(segment.offset)) of the file"
            }
        )
        let keys = reader.vmcoreinfo?.lines.map(\.key) ?? []
        add(.vmcore, "keys of VMCOREINFO", keys)
        for tool in DumpTool.all {
            let verdict = tool.verdict(on: reader.header.endianness, keys: Set(keys))
            tools.append((tool, verdict))
            add(.tools, tool.name, verdict.description)
        }
    }
}
