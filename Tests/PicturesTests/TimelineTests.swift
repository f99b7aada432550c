import FadumpKernel
import Machine
import Presentation
import SystemPackage
import Testing

@testable import Pictures

@Suite("The timeline")
struct TimelineTests {
    private struct NoAnswer: PendingAnswer {
        func finish(_ result: Result<Int, Errno>) {}
    }

    @Test("events stand in the boot they happened in, in words")
    func boots() throws {
        let machine = try Machine(MachineConfiguration())
        machine.start()
        machine.store(.fadumpRegistered, [0x31], boot: 1, NoAnswer())
        machine.control("crash panic out of coffee", count: 1, NoAnswer())
        machine.control("fly", count: 1, NoAnswer())
        let report = TimelineReport(machine: "m", events: machine.events)
        #expect(report.boots.map(\.number) == [0, 1, 2])
        #expect(report.boots.map(\.fadump) == [nil, "unregistered", "dump-active"])
        var page = Page()
        report.show(on: &page)
        let text = page.plain
        for expected in [
            "firmware answers 0 to register", "crash (panic) on CPU 0: out of coffee; outcome: firmware-dump",
            "firmware keeps RAM as it is", "/proc/vmcore is there", "refused 'fly'",
        ] {
            #expect(text.contains(expected))
        }
    }

    @Test("every event is in it once, whatever it is called")
    func complete() {
        let names = ["power-on", "boot", "something-new", "boot", "hung"]
        let events = names.enumerated().map { index, name in
            Event(
                sequence: UInt64(index + 1),
                time: UInt64(index),
                boot: 0,
                event: name,
                details: ["why": "because"]
            )
        }
        let report = TimelineReport(machine: "m", events: events)
        #expect(report.boots.count == 3)
        #expect(
            report.boots.flatMap(\.events).map(\.text) == [
                "power on", "something new: why because", "hung: why because",
            ]
        )
    }

    @Test(
        "times are seconds with four decimals",
        arguments: [(0, "    0.0000"), (1_234_567, "    1.2345"), (3_600_000_000, " 3600.0000")]
    )
    func times(microseconds: Int, text: String) {
        #expect(TimelineReport.seconds(UInt64(microseconds)) == text)
    }
}
