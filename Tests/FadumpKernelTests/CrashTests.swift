import CoreFile
import FadumpKernel
import KernelProfile
import PhysicalMemory
import SystemPackage
import Testing

@Suite("The way down")
struct CrashTests {
    @Test("without registration the kernel restarts after the panic timeout")
    func unregistered() throws {
        var bench = try Bench(commandLine: "fadump=on panic=7")
        bench.effects = try bench.kernel.crash(CrashRequest(.sysrq, cpu: 0), on: &bench.hardware)
        #expect(bench.waits.map(\.0) == [7000])
        #expect(
            bench.log.suffix(2) == [
                "Kernel panic - not syncing: Fatal exception", "Rebooting in 7 seconds..",
            ]
        )
        bench.effects = bench.kernel.resume(.panicTimeout, on: &bench.hardware)
        #expect(bench.departure == .reboot)
        #expect(bench.hardware.firmware.terminationMessage == "OS panic: Fatal exception")
    }

    @Test("a panic timeout of 0 hangs, a negative one restarts at once, the default is 10 seconds")
    func timeouts() throws {
        var hung = try Bench(commandLine: "panic=0")
        hung.effects = try hung.kernel.crash(CrashRequest(.panic, cpu: 0), on: &hung.hardware)
        #expect(hung.departure == nil && hung.waits.isEmpty && hung.kernel.crash?.isHung == true)
        var eager = try Bench(commandLine: "panic=-1")
        eager.effects = try eager.kernel.crash(CrashRequest(.panic, cpu: 0), on: &eager.hardware)
        #expect(eager.departure == .reboot)
        #expect(try Bench().show(.panic) == "10\n")
    }

    @Test("an oops is survived unless panic_on_oops says otherwise; a registered dump takes every oops")
    func oops() throws {
        var bench = try Bench()
        bench.effects = try bench.kernel.crash(CrashRequest(.oops, cpu: 0), on: &bench.hardware)
        #expect(bench.departure == nil)
        #expect(bench.kernel.crash == nil)
        #expect(bench.write(.panicOnOops, "1\n") == .success(2))
        bench.effects = try bench.kernel.crash(CrashRequest(.oops, cpu: 0), on: &bench.hardware)
        #expect(bench.kernel.crash != nil)
        var registered = try Bench()
        _ = registered.write(.fadumpRegistered, "1")
        registered.effects = try registered.kernel.crash(
            CrashRequest(.oops, cpu: 0),
            on: &registered.hardware
        )
        #expect(registered.departure == .firmwareDump)
        #expect(registered.hardware.firmware.terminationMessage == "OS panic: die oops")
    }

    @Test("firmware that is busy with ibm,os-term is asked again; one that fails lets the kernel panic on")
    func osTerm() throws {
        var busy = try Bench(faults: "os-term=-2*1")
        _ = busy.write(.fadumpRegistered, "1")
        busy.effects = try busy.kernel.crash(CrashRequest(.sysrq, cpu: 0), on: &busy.hardware)
        #expect(busy.waits.map(\.1) == [.terminationRetry])
        busy.effects = busy.kernel.resume(.terminationRetry, on: &busy.hardware)
        #expect(busy.departure == .firmwareDump)
        var failing = try Bench(faults: "os-term=-1")
        _ = failing.write(.fadumpRegistered, "1")
        failing.effects = try failing.kernel.crash(CrashRequest(.sysrq, cpu: 0), on: &failing.hardware)
        #expect(failing.log.contains("ibm,os-term call failed -1"))
        #expect(failing.waits.map(\.1) == [.panicTimeout])
    }

    @Test("a crash on a CPU that is not online, or a console dump with nothing registered, is refused")
    func refusals() throws {
        var bench = try Bench()
        #expect(throws: Errno.invalidArgument) {
            try bench.kernel.crash(CrashRequest(.panic, cpu: 9), on: &bench.hardware)
        }
        #expect(throws: Errno.notPermitted) {
            try bench.kernel.crash(CrashRequest(.console, cpu: 0), on: &bench.hardware)
        }
    }

    @Test("once down the kernel answers nothing any more")
    func down() throws {
        var bench = try Bench()
        _ = try bench.kernel.crash(CrashRequest(.panic, cpu: 0), on: &bench.hardware)
        #expect(bench.write(.panic, "1") == .failure(.operationNotSupportedByDevice))
        #expect(throws: Errno.operationNotSupportedByDevice) {
            try bench.kernel.show(.fadumpEnabled, on: bench.hardware)
        }
    }

    @Test("every other magic key is taken and logged; b resets and o switches off")
    func sysrq() throws {
        var bench = try Bench()
        #expect(bench.write(.sysrqTrigger, "t\n") == .success(2))
        #expect(bench.log.last == "SysRq : key t")
        _ = bench.write(.sysrqTrigger, "b")
        #expect(bench.departure == .reset)
        _ = bench.write(.sysrqTrigger, "o")
        #expect(bench.departure == .powerOff)
    }

    @Test("a loaded kdump kernel has the first turn in panic() and gets a note for every online CPU")
    func kdump() throws {
        var bench = try Bench(commandLine: "crashkernel=128M@64M")
        try bench.kernel.loadKdumpKernel(commandLine: nil)
        #expect(bench.show(.kexecCrashLoaded) == "1\n")
        bench.effects = try bench.kernel.crash(CrashRequest(.sysrq, cpu: 1), on: &bench.hardware)
        #expect(bench.departure == .kdump)
        let capture = try #require(bench.kernel.kdumpCapture)
        #expect(capture.commandLine == "maxcpus=1")
        #expect(capture.notes.filter { $0.name == "CORE" }.count == 2)
        let sizes: [UInt64] = [64 << 20, (2 << 30) - (192 << 20)]
        #expect(capture.ranges.map(\.count) == sizes)
    }

    @Test(
        "kexec_crash_size shrinks but does not grow, and not while a kernel is loaded",
        arguments: [
            ("0", nil), ("67108864", nil), ("268435456", Errno.invalidArgument), ("x", .invalidArgument),
        ] as [(String, Errno?)]
    )
    func shrink(value: String, errno: Errno?) throws {
        var bench = try Bench(commandLine: "crashkernel=128M@64M")
        let result = bench.write(.kexecCrashSize, value)
        let expected: Result<Int, Errno> = errno.map { .failure($0) } ?? .success(value.utf8.count)
        #expect(result == expected)
        if errno == nil { #expect(bench.show(.kexecCrashSize) == value + "\n") }
        var loaded = try Bench(commandLine: "crashkernel=128M@64M")
        try loaded.kernel.loadKdumpKernel(commandLine: "x")
        #expect(loaded.write(.kexecCrashSize, "0") == .failure(.noSuchFileOrDirectory))
    }
}
