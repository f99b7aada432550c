import DumpVerification
import KernelProfile
import Machine
import Presentation

extension VerificationReport {
    func show(on page: inout Page) {
        let isSound = verdict == .sound
        page.line(
            StyledText(verdict.rawValue, isSound ? .green : .red)
                + StyledText(
                    isSound ? ": nothing that had to be there is missing or wrong" : ": \(complaint)"
                )
        )
        page.line()
        var rows: [(String, StyledText)] = [
            ("dump", StyledText(dump.joined(separator: " "))),
            ("held against", StyledText("\(truth) (\(machine), boot \(crashedBoot))")),
            ("format", StyledText(format + (flattened ? ", flattened" : ""))),
            ("level", StyledText("\(level)\(Self.origins[levelFrom] ?? "")")),
        ]
        if let window {
            let text = "\(KernelFormat.hex(window.start))-\(KernelFormat.hex(window.end))"
            rows.append(("window", StyledText(text)))
        }
        rows += stated.map { fact in
            guard !fact.right else { return (fact.what, StyledText(fact.dump)) }
            return (fact.what, StyledText("\(fact.dump), but was \(fact.truth)", .red))
        }
        page.fields(rows)
        for problem in problems { page.line(StyledText(problem, .red)) }
        page.line()
        showPages(on: &page)
        page.line()
        drawing.show(on: &page)
        showDamage(on: &page)
        showCPUs(on: &page)
        showNotes(on: &page)
    }

    private static let origins = [
        "given": " (--level)", "dump": " (the dump says so)", "unknown": " (the dump says none)",
    ]

    /// What is wrong, in a few words.
    private var complaint: String {
        let numbers: [(UInt64, String)] = [
            (pages.missing, "missing"), (pages.wrong, "wrong"), (pages.unreadable, "unreadable"),
        ]
        var words = numbers.filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? "page" : "pages") \($0.1)" }
        let wrong = cpus.filter { $0.state != CPUFinding.State.right.rawValue }.count + superfluousCPUs
        if wrong > 0 { words.append("registers of \(wrong) of \(cpus.count) CPUs") }
        if !vmcoreinfo.isEmpty { words.append("VMCOREINFO") }
        if !notes.isEmpty { words.append("other notes") }
        words += stated.filter { !$0.right }.map(\.what)
        if words.isEmpty { words = problems }
        return words.joined(separator: ", ")
    }

    private func showPages(on page: inout Page) {
        func uses(_ list: [Use]) -> String { list.map { "\($0.use) \($0.pages)" }.joined(separator: ", ") }
        let rows: [(String, UInt64, String, Style)] = [
            ("right", pages.right, "", .green), ("filtered", pages.filtered, uses(filtered), .dim),
            ("missing", pages.missing, uses(missing), .yellow), ("wrong", pages.wrong, "", .red),
            ("unreadable", pages.unreadable, "", .red), ("total", pages.total, "", .plain),
        ]
        page.table(
            ["pages", "number", "used for"],
            rows.map {
                [StyledText($0.0, $0.1 > 0 ? $0.3 : .plain), StyledText("\($0.1)"), StyledText($0.2)]
            },
            right: [1]
        )
    }

    private func showDamage(on page: inout Page) {
        guard !damage.isEmpty else { return }
        page.line()
        page.heading("damage")
        page.table(
            ["", "addresses", "pages", "used for", "the first of them"],
            damage.map {
                [
                    StyledText($0.state, .red),
                    StyledText("\(KernelFormat.hex($0.start))-\(KernelFormat.hex($0.end))"),
                    StyledText("\($0.pages)"), StyledText($0.use ?? ""), StyledText($0.detail ?? ""),
                ]
            },
            right: [2]
        )
        if damageLeftOut > 0 { page.line("and \(damageLeftOut) more ranges; --list N lists more") }
        for place in misplaced {
            let what = place.swapped ? "is swapped with" : "holds the page of"
            page.line("\(KernelFormat.hex(place.address)) \(what) \(KernelFormat.hex(place.belongs))")
        }
        if misplacedLeftOut > 0 { page.line("and \(misplacedLeftOut) more misplaced pages") }
    }

    private func showCPUs(on page: inout Page) {
        let right = cpus.filter { $0.state == CPUFinding.State.right.rawValue }.count
        page.line()
        page.heading("registers: right for \(right) of \(cpus.count) CPUs")
        let wrong = cpus.filter { $0.state != CPUFinding.State.right.rawValue }
        for cpu in wrong.prefix(Self.longestList) {
            let name = "CPU \(cpu.cpu)" + (cpu.crashing ? ", which crashed" : "")
            guard cpu.state == CPUFinding.State.wrong.rawValue else {
                page.line(StyledText("\(name): has no note", .red))
                continue
            }
            for register in cpu.registers {
                page.line(
                    StyledText("\(name): \(register.name) is \(KernelFormat.hex(register.dump))", .red)
                        + StyledText(", was \(KernelFormat.hex(register.truth))")
                )
            }
            if let problem = cpu.problem { page.line(StyledText("\(name): \(problem)", .red)) }
        }
        if wrong.count > Self.longestList { page.line("and \(wrong.count - Self.longestList) more CPUs") }
        if superfluousCPUs > 0 { page.line(StyledText("\(superfluousCPUs) notes of no CPU", .red)) }
    }

    private static let longestList = 20

    private func showNotes(on page: inout Page) {
        for line in vmcoreinfo {
            let dump = line.dump.map { "is '\($0)'" } ?? "is missing"
            let truth = line.truth.map { "was '\($0)'" } ?? "was not there"
            page.line(StyledText("VMCOREINFO: \(line.key) \(dump)", .red) + StyledText(", \(truth)"))
        }
        for note in notes {
            page.line(StyledText("note \(note.name), type \(note.type): \(note.problem)", .red))
        }
        if superfluous > 0 {
            page.line(
                "The dump also claims \(superfluous) bytes of memory that the machine did not offer to it."
            )
        }
    }
}
