import KernelProfile
import Machine
import Presentation

extension HeadersReport {
    static let shape = Shape.object([
        Field("file", .text, "The core file."),
        Field("size", .number, "Its length in bytes."),
        Field("endian", .choice(["big", "little"]), "Its byte order."),
        Field("architecture", .number, "e_machine: 21 is 64-bit Power, 62 x86_64."),
        Field("flags", .number, "e_flags: the ABI of 64-bit Power, 0 where none is said."),
        Field("segments", .list(segment), "The memory in it, PT_LOAD by PT_LOAD."),
        Field("notes", .list(note), "The notes, in order."),
        Field("cpus", .list(cpu), "The registers of each CPU that has a note, in order."),
        Field("vmcoreinfo", .list(line), "The lines of VMCOREINFO."),
    ])

    private static let segment = Shape.object([
        Field("offset", .address, "Where it begins in the file."),
        Field("physicalAddress", .address, "Its first physical address."),
        Field("virtualAddress", .address, "Where the kernel has it mapped."),
        Field("size", .bytes, "How much it is."),
        Field("meaning", .text, "What it is, in words."),
    ])

    private static let note = Shape.object([
        Field("name", .text, "Who defined it."), Field("type", .number, "Its type."),
        Field("size", .number, "Bytes of its contents."), Field("meaning", .text, "What it is, in words."),
    ])

    private static let cpu = Shape.object([
        Field("nip", .address, "The next instruction."),
        Field("msr", .address, "The machine state register."),
        Field("link", .address, "Where the running function returns to."),
        Field("stack", .address, "The stack pointer, register 1."),
        Field("trap", .address, "The exception that brought the CPU here; 0 where none did."),
        Field("state", .text, "What the machine state register means."),
    ])

    private static let line = Shape.object([
        Field("key", .text, "Before the equals sign."), Field("value", .text, "Behind it."),
    ])

    func show(on page: inout Page) {
        let hex = KernelFormat.hex
        page.heading(file)
        let kind = [21: "64-bit Power", 62: "x86_64"][architecture] ?? "another architecture"
        page.line(
            "ELF64 core of \(size) bytes, \(endian)-endian, machine \(architecture) (\(kind)), flags \(flags)"
        )
        page.line()
        page.heading("segments: what memory is in it")
        page.table(
            ["file offset", "physical", "virtual", "size", "what"],
            segments.map { part in
                [
                    StyledText(hex(part.offset)), StyledText(hex(part.physicalAddress), .green),
                    StyledText(hex(part.virtualAddress)), StyledText(ByteSize.text(part.size)),
                    StyledText(part.meaning),
                ]
            },
            right: [0, 1, 2, 3]
        )
        page.line()
        page.heading("notes: what it knows of the CPUs and the kernel")
        page.table(
            ["name", "type", "bytes", "what"],
            notes.map {
                [
                    StyledText($0.name), StyledText("\($0.type)"), StyledText("\($0.size)"),
                    StyledText($0.meaning),
                ]
            },
            right: [1, 2]
        )
        showCPUs(on: &page)
        showKernel(on: &page)
    }

    private func showCPUs(on page: inout Page) {
        guard !cpus.isEmpty else { return }
        page.line()
        page.heading("registers: where each CPU was")
        let hex = KernelFormat.hex
        for (index, cpu) in cpus.enumerated() {
            page.line(
                StyledText("note \(index + 1)", .bold)
                    + StyledText(
                        ": nip \(hex(cpu.nip)), called from \(hex(cpu.link)), stack \(hex(cpu.stack))"
                    )
            )
            page.line(StyledText("        msr \(hex(cpu.msr)): \(cpu.state); trap \(hex(cpu.trap))"))
        }
    }

    private func showKernel(on page: inout Page) {
        guard !vmcoreinfo.isEmpty else { return }
        page.line()
        page.heading("VMCOREINFO: what the kernel says of itself")
        for line in vmcoreinfo { page.line(StyledText("\(line.key) = ", .dim) + StyledText(line.value)) }
    }
}
