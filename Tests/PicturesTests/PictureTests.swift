import FadumpKernel
import Machine
import Presentation
import SystemPackage
import Testing

@testable import Pictures

@Suite("The figures")
struct PictureTests {
    /// A machine of the design document, after these commands to it.
    private func status(_ memory: String = "0-2G", crash: Bool = false) throws -> StatusReport {
        var configuration = MachineConfiguration()
        try configuration.set(.memoryMap, to: memory, from: .option("memory-map"))
        let machine = try Machine(configuration)
        machine.start()
        if crash {
            machine.store(.fadumpRegistered, [0x31], boot: 1, NoAnswer())
            machine.control("crash", count: 5, NoAnswer())
        }
        return machine.status
    }

    private func text(_ status: StatusReport, width: Int = 80) -> [String] {
        var page = Page(width: width)
        MapReport(status).show(on: &page)
        return page.lines.map(\.plain)
    }

    @Test(
        "the first kernel's memory is Fig. 1: boot memory, and at the top the sections of the area, without gaps"
    )
    func first() throws {
        let picture = MemoryPicture(try status())
        #expect(picture.figure == .firstKernel)
        #expect(picture.parts.map(\.kind) == [.bootMemory, .memory, .cpu, .hpte, .dump, .elf])
        #expect(
            picture.parts.map(\.start) == [
                0, 0x1000_0000, 0x6ffb_0000, 0x6fff_0020, 0x6fff_1020, 0x7fff_1020,
            ]
        )
        #expect(picture.top == 2 << 30)
    }

    @Test("the capture kernel's memory is Fig. 2: all above boot memory is held")
    func second() throws {
        let picture = MemoryPicture(try status(crash: true))
        #expect(picture.figure == .secondKernel)
        #expect(picture.parts.map(\.kind) == [.bootMemory, .held, .cpu, .hpte, .dump, .elf])
    }

    @Test("holes are parts of their own, and every address is in exactly one part")
    func holes() throws {
        for crash in [false, true] {
            let parts = MemoryPicture(try status("0-1G,2G-3G", crash: crash)).parts
            #expect(parts.contains { $0.kind == .hole && $0.start == 1 << 30 && $0.size == 1 << 30 })
            #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.end == $1.start })
        }
    }

    @Test(
        "the edges of boot memory and the area stand where their share of the line is",
        arguments: [80, 120, 200]
    )
    func scale(width: Int) throws {
        let lines = text(try status(), width: width)
        let rule = try #require(lines.first { $0.hasPrefix("  +") })
        let edges = rule.enumerated().filter { $0.element == "+" }.map(\.offset)
        let parts = MemoryPicture(try status()).parts
        #expect(edges.count == parts.count + 1)
        #expect(rule.count <= width)
        // Memory to memory is to scale: 256M of boot memory to 1.5G of other memory.
        let ratio = Double(edges[2] - edges[1]) / Double(edges[1] - edges[0])
        #expect(abs(ratio - Double(parts[1].size) / Double(parts[0].size)) < 0.8)
    }

    @Test(
        "a machine of any size is drawn within the width",
        arguments: ["0-256M", "0-16T", "0-256M,1T-2T,14T-16T"]
    )
    func sizes(memory: String) throws {
        for width in [20, 60, 80, 200] {
            let drawing = text(try status(memory), width: width).prefix { !$0.hasPrefix("one column") }
            let room = max(width, 72)
            #expect(drawing.dropFirst().allSatisfy { $0.count <= room }, "\(drawing)")
        }
    }

    @Test("the SVG draws the same parts, true to scale")
    func svg() throws {
        let text = MapSVG(try status()).text
        #expect(text.hasPrefix("<svg ") && text.hasSuffix("</svg>\n"))
        // 256M of 2G are an eighth of the bar of 920 units.
        #expect(text.contains("class=\"box boot-memory\" x=\"20\" y=\"68\" width=\"115\""))
        for name in ["CPU", "HPTE", "DUMP", "ELF"] { #expect(text.contains(">\(name)</text>")) }
    }
}

private struct NoAnswer: PendingAnswer {
    func finish(_ result: Result<Int, Errno>) {}
}
