import FadumpKernel
import KernelProfile
import Machine
import PhysicalMemory
import PowerFirmware
import SyntheticKernel
import Testing

/// A machine and what is done to it before it crashes, and why its dump is read directly then.
private struct Example: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var reason: String
    var configure: @Sendable (inout MachineConfiguration) throws -> Void = { _ in }
    var act: @Sendable (CrashingMachine) throws -> Void = { _ in }

    private static let unforeseen = "the dump came out otherwise than memory was laid out for"
    private static let twice = "the dump shows some of memory twice"

    private static func forced(_ size: UInt64, pages: UInt64)
        -> @Sendable (inout MachineConfiguration) -> Void
    {
        {
            $0.memory = MemoryMap(size: size)
            $0.pageSize = pages
            $0.vmcore = .passthrough
        }
    }

    static let all = [
        Example(testDescription: "--vmcore direct", reason: "asked for", configure: { $0.vmcore = .direct }),
        Example(
            testDescription: "no rights, or no support in the host's kernel",
            reason: "what the transport says",
            act: { $0.machine.served(refusingPassthrough: "what the transport says") }
        ),
        Example(
            testDescription: "--fill",
            reason: "memory follows from a seed, and is made up when it is read",
            configure: { $0.fill = try MemoryFill(parsing: "seed:1") }
        ),
        Example(
            testDescription: "--image",
            reason: "memory comes from an image, and is read from there",
            configure: { try $0.adopt(ImageTests.image()) }
        ),
        Example(
            testDescription: "a CPU offline",
            reason: unforeseen,
            configure: { $0.cpus = 4 },
            act: { $0.control("cpu offline 3") }
        ),
        Example(
            testDescription: "a CPU more",
            reason: unforeseen,
            configure: { $0.cpus = 2 },
            act: { $0.control("cpu online 2") }
        ),
        Example(
            testDescription: "hot-added memory",
            reason: unforeseen,
            act: {
                $0.control("memory add 0x80000000-0x90000000")
                $0.write("0", .fadumpRegistered)
            }
        ),
        Example(
            testDescription: "a damaged register save area",
            reason: unforeseen,
            configure: {
                $0.platform = .powernv
                $0.kernel = KernelProfile.named("linux-7.2") ?? $0.kernel
                $0.memory = MemoryMap(size: 4 << 30)
                $0.faults = try FaultPlan(parsing: "cpu-section=corrupt")
            }
        ),
        Example(
            testDescription: "a kernel that lists boot memory twice",
            reason: twice,
            configure: {
                $0.kernel = KernelProfile.named("linux-3.4") ?? $0.kernel
                $0.memory = try MemoryMap([
                    AddressRange(0, upTo: 0x800_0000), AddressRange(0x800_0000, upTo: 0x8000_0000),
                ])
            }
        ),
        Example(
            testDescription: "--dump-arch x86_64, which lists its image twice",
            reason: twice,
            configure: {
                $0.kernel = KernelProfile.named("linux-7.2") ?? $0.kernel
                $0.dumpArchitecture = .x86
            }
        ),
        Example(
            testDescription: "larger than half of the host",
            reason: "the dump is larger than half of this host's memory, which a mapping of it could take",
            configure: { $0.memory = MemoryMap(size: 8 << 40) }
        ),
        Example(
            testDescription: "larger than what is laid out",
            reason: "memory is larger than 16T, and is not laid out",
            configure: forced(32 << 40, pages: 64 << 10)
        ),
        Example(
            testDescription: "a page array that is too large",
            reason: "the page array is made up when it is read: 513 MiB, and at most 257 MiB is stored",
            configure: forced(32 << 30, pages: 4 << 10)
        ),
        Example(
            testDescription: "memory that is in use when it would have to be laid out anew",
            reason: "memory was in use before the boot that left the dump",
            act: {
                let some = [UInt8](repeating: 1, count: 1 << 20)
                for number in 0..<65 {
                    try $0.machine.writeMemory(some, at: 0x3000_0000 + UInt64(number) << 20)
                }
                $0.control("memory add 0x80000000-0x90000000")
                $0.control("reboot")
            }
        ),
    ]
}

@Suite("Why a dump is read directly")
struct DeliveryReasonTests {
    @Test("the status names the reason, and there is no file", arguments: Example.all)
    fileprivate func reason(_ example: Example) throws {
        var failure: (any Error)?
        let crashed = try CrashingMachine { configuration in
            do { try example.configure(&configuration) } catch { failure = error }
        }
        if let failure { throw failure }
        try example.act(crashed)
        #expect(try crashed.reason() == example.reason)
        let handle = try #require(crashed.machine.vmcore)
        #expect(handle.store() == nil)
        #expect(try handle.core.image.read(at: 1, count: 3) == Array("ELF".utf8))
    }

    @Test("nobody serves the files of a machine by itself")
    func unserved() throws {
        let machine = try Machine(MachineConfiguration())
        let watcher = Watcher()
        machine.start()
        machine.control("crash", count: 5, watcher.answer("crash"))
        #expect(machine.vmcore == nil)
        let boot = try #require(machine.runningBoot)
        machine.store(.fadumpRegistered, Array("1".utf8), boot: boot, watcher.answer("register"))
        machine.control("crash", count: 5, watcher.answer("crash"))
        #expect(machine.status.vmcoreModeReason == "nothing serves the machine's files")
    }

    @Test("who asks for passthrough gets it whatever a mapping of the dump may take")
    func forced() throws {
        let crashed = try CrashingMachine {
            $0.memory = MemoryMap(size: 128 << 30)
            $0.vmcore = .passthrough
        }
        let handle = try crashed.crash()
        #expect(crashed.machine.status.vmcoreMode == .passthrough)
        #expect(crashed.machine.status.vmcoreModeReason == nil)
        #expect(try #require(handle.store()).size == handle.core.size)
    }
}
