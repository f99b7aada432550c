import Testing

@testable import BootEnvironment

@Suite("What becomes of system calls, by running the filter's program")
struct FilterTests {
    /// Runs the program as the kernel would, for the instructions that it has.
    private func verdict(_ architecture: UInt32, _ number: UInt32, handsUname: Bool = false) -> UInt32? {
        let program = SystemCallFilter.program(handsUname: handsUname)
        var accumulator: UInt32 = 0
        var index = 0
        while index < program.count {
            let instruction = program[index]
            index += 1
            switch instruction.code {
            case 0x20: accumulator = instruction.value == 4 ? architecture : number
            case 0x15: if accumulator != instruction.value { index += Int(instruction.ifFalse) }
            case 0x35: if accumulator < instruction.value { index += Int(instruction.ifFalse) }
            case 0x06: return instruction.value
            default: return nil
            }
        }
        return nil
    }

    private let refused: UInt32 = 0x0005_0001
    private let handed: UInt32 = 0x7fc0_0000
    private let allowed: UInt32 = 0x7fff_0000

    @Test("kexec, modules, swap and syslog are refused, reboot is handed over, in every ABI")
    func calls() {
        for architecture in SystemCallFilter.architectures {
            for number in architecture.refused { #expect(verdict(architecture.audit, number) == refused) }
            #expect(verdict(architecture.audit, architecture.reboot) == handed)
            #expect(verdict(architecture.audit, architecture.uname) == allowed)
            #expect(verdict(architecture.audit, architecture.uname, handsUname: true) == handed)
            #expect(verdict(architecture.audit, 3) == allowed)
        }
        let x86 = SystemCallFilter.architectures[0]
        #expect(verdict(x86.audit, 0x4000_0000 | 169) == 0x0005_0026)
        #expect(verdict(0x1234_5678, 169) == allowed)
    }

    @Test("this program's own architecture is among them")
    func own() {
        #if arch(x86_64)
            #expect(SystemCallFilter.architectures.contains { $0.name == "x86_64" })
        #elseif arch(arm64)
            #expect(SystemCallFilter.architectures.contains { $0.name == "aarch64" })
        #endif
    }

    @Test("reboot's words are the machine's; others are as in the kernel")
    func reboot() {
        let magic: UInt32 = 0xfee1_dead
        #expect(RebootCommand(magic, 672_274_793, 0x0123_4567) == .leave("reboot"))
        #expect(RebootCommand(magic, 0x2812_1969, 0xa1b2_c3d4) == .leave("reboot"))
        #expect(RebootCommand(magic, 0x2812_1969, 0x4321_fedc) == .leave("power-off"))
        #expect(RebootCommand(magic, 0x2812_1969, 0xcdef_0123) == .leave("power-off"))
        #expect(RebootCommand(magic, 0x2812_1969, 0) == .nothing)
        #expect(RebootCommand(magic, 0x2812_1969, 0x4558_4543) == .kexec)
        #expect(RebootCommand(magic, 0x2812_1969, 77) == nil)
        #expect(RebootCommand(1, 0x2812_1969, 0x0123_4567) == nil)
        #expect(RebootCommand(magic, 2, 0x0123_4567) == nil)
    }
}
