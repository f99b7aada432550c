import CoreFile
import FadumpKernel
import KernelProfile
import Testing

@Suite("The way down in every era")
struct EraCrashTests {
    /// What a kernel prints from the magic key on, up to its registers; recorded.
    private static let words: [(KernelProfile, [String])] = [
        (.linux34, ["SysRq : Trigger a crash"] + fault + ["SMP NR_CPUS=2048 NUMA pSeries"]),
        (
            .linux44,
            ["sysrq: SysRq : Trigger a crash"] + fault + [
                "SMP NR_CPUS=2048 NUMA pSeries",
                "CPU: 0 PID: 1 Comm: init Not tainted 4.4.155-fadump #1",
            ]
        ),
        (
            .linux419,
            ["sysrq: SysRq : Trigger a crash"] + fault + [
                "LE SMP NR_CPUS=2048 NUMA pSeries", "CPU: 0 PID: 1 Comm: init Not tainted 4.19.48-fadump #1",
            ]
        ),
        (
            .linux54,
            [
                "sysrq: Trigger a crash", "Kernel panic - not syncing: sysrq triggered crash",
                "CPU: 0 PID: 1 Comm: init Not tainted 5.4.273-fadump #1",
            ]
        ),
        (
            .linux72,
            [
                "sysrq: Trigger a crash", "Kernel panic - not syncing: sysrq triggered crash",
                "CPU: 0 UID: 0 PID: 1 Comm: init Not tainted 7.2.13-fadump #1",
            ]
        ),
    ]

    private static let fault = [
        "Unable to handle kernel paging request for data at address 0x00000000",
        "Faulting instruction address: 0x", "Oops: Kernel access of bad area, sig: 11 [#1]",
    ]

    @Test("echo c > /proc/sysrq-trigger is told as it was recorded", arguments: words)
    func sysrq(profile: KernelProfile, words: [String]) throws {
        var bench = try Bench(profile)
        bench.effects = try bench.kernel.crash(CrashRequest(.sysrq, cpu: 0), on: &bench.hardware)
        let said = bench.kernel.lastWords
        #expect(zip(said, words).allSatisfy { $0.hasPrefix($1) } && said.count >= words.count, "\(said)")
    }

    @Test(
        "the crashing CPU's registers: a fault in an oops, interrupts off in panic()",
        arguments: [
            (KernelProfile.linux34, 0x300, 0, 0x8000_0000_0000_9032),
            (.linux44, 0x300, 1, 0x8000_0000_0000_9033), (.linux414, 0x300, 1, 0x8000_0000_0000_9033),
            (.linux419, 0x300, 0, 0x8000_0000_0000_9033), (.linux510, 0, 3, 0x8000_0000_0000_1033),
            (.linux61, 0, 3, 0x8000_0000_0000_1033),
        ] as [(KernelProfile, UInt64, UInt64, UInt64)]
    )
    func registers(profile: KernelProfile, trap: UInt64, softe: UInt64, msr: UInt64) throws {
        var machine = CrashedMachine(profile: profile, commandLine: "fadump=on crashkernel=512M")
        machine.realModeArea = 256 << 20
        let core = try #require(try machine.captured().kernel.vmcore)
        let note = try #require(core.notes.first)
        let endianness = try #require(profile.endiannesses.first)
        let registers = try PRStatus(parsing: note.descriptor, endianness).registers
        #expect(registers.trap == trap)
        #expect(registers.softe == softe)
        #expect(registers.msr == msr)
        #expect(registers.dsisr == (trap == 0x300 ? 0x4200_0000 : 0))
        #expect(registers.words.suffix(4).allSatisfy { $0 == 0 })
    }
}
