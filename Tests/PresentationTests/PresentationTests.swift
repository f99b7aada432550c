import Testing

@testable import Presentation

@Suite("Text for people")
struct PresentationTests {
    @Test("styles are escape sequences, or nothing")
    func styles() {
        let text = StyledText("a") + StyledText("b", .red) + StyledText("", .bold)
        #expect(text.plain == "ab")
        #expect(text.ansi == "a\u{1b}[31mb\u{1b}[0m")
        #expect(text.width == 2)
    }

    @Test("columns are as wide as their widest cell; the last one has no blanks behind it")
    func table() {
        var page = Page()
        page.table(["name", "n"], [["a", "10"], ["bcdef", "2"]], right: [1])
        #expect(page.plain == "name    n\na      10\nbcdef   2\n")
        var left = Page()
        left.table([], [["a", "x"], ["bb", ""]])
        #expect(left.plain == "a   x\nbb  \n")
    }

    @Test("fields have their values in one column")
    func fields() {
        var page = Page()
        page.fields([("a", "1"), ("long", "2")])
        #expect(page.plain == "a:    1\nlong: 2\n")
    }

    @Test(
        "byte counts for people",
        arguments: [
            (0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (1_572_864, "1.5 MiB"), (20 << 30, "20 GiB"),
        ]
    )
    func amounts(bytes: Int, text: String) { #expect(ProgressLine.amount(UInt64(bytes)) == text) }

    @Test("a progress line fits its width, from nothing to everything", arguments: [20, 40, 79, 120])
    func progress(width: Int) {
        for done in stride(from: 0, through: 1000, by: 50) {
            let line = ProgressLine.text(
                done: UInt64(done) << 20,
                total: 1000 << 20,
                since: 1 << 20,
                seconds: 2,
                width: width
            )
            #expect(line.count <= width)
        }
        let full = ProgressLine.text(done: 8, total: 8, since: 8, seconds: 0, width: 60)
        #expect(full.contains("100%") && !full.contains(">"))
        #expect(ProgressLine.text(done: 0, total: 0, since: 0, seconds: 0, width: 60).contains("100%"))
    }
}
