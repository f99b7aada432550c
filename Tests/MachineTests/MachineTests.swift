import FadumpKernel
import KernelProfile
import Machine
import PhysicalMemory
import PowerFirmware
import SystemPackage
import Testing

@Suite("The machine")
struct MachineTests {
    private func start(
        _ change: (inout MachineConfiguration) -> Void = { _ in }
    ) throws -> (machine: Machine, watcher: Watcher) {
        var configuration = MachineConfiguration()
        change(&configuration)
        let machine = try Machine(configuration)
        let watcher = Watcher()
        machine.observe(watcher)
        machine.start()
        return (machine, watcher)
    }

    private func control(_ line: String, _ machine: Machine, _ watcher: Watcher) {
        machine.control(line, count: line.utf8.count, watcher.answer(line))
    }

    @Test(
        "a crash runs through the document's events in order, and its write is answered when the next boot is up"
    )
    func order() throws {
        let (machine, watcher) = try start()
        machine.store(.fadumpRegistered, Array("1".utf8), boot: 1, watcher.answer("register"))
        machine.store(.sysrqTrigger, Array("c\n".utf8), boot: 1, watcher.answer("crash"))
        #expect(
            watcher.seen == [
                "power-on", "boot", "started 1", "firmware-called", "register: 1", "crash", "boot-ended",
                "ended 1",
                "section-saved", "section-saved", "section-saved", "hardware-reset", "memory-preserved",
                "bootloader-launched", "boot", "vmcore-ready", "started 2", "crash: 2",
            ]
        )
        #expect(machine.status.fadump == .dumpActive)
    }

    @Test("a clean reboot invalidates a waiting dump, a hard reset keeps it, power-off ends RAM and dump")
    func waysToRestart() throws {
        let (machine, watcher) = try start()
        machine.store(.fadumpRegistered, Array("1".utf8), boot: 1, watcher.answer("register"))
        control("crash", machine, watcher)
        control("reset", machine, watcher)
        #expect(machine.status.boot == 3)
        #expect(machine.status.fadump == .dumpActive)
        #expect(machine.vmcore(boot: 3) != nil)
        control("reboot", machine, watcher)
        #expect(machine.status.boot == 4)
        #expect(machine.status.fadump == .unregistered)
        #expect(machine.vmcore(boot: 4) == nil)

        try machine.writeMemory([1, 2, 3], at: 0x3000_0000)
        control("power-off", machine, watcher)
        #expect(machine.status.power == "off")
        #expect(machine.runningBoot == nil)
        #expect(throws: Errno.operationNotSupportedByDevice) { try machine.writeMemory([1], at: 0) }
        control("reset", machine, watcher)
        #expect(watcher.seen.last == "reset: errno 19")
        control("power-on", machine, watcher)
        #expect(machine.status.boot == 5)
        #expect(try machine.memory.read(at: 0x3000_0000, count: 3) == [0, 0, 0])
    }

    @Test("RAM that was not in boot memory survives a reset, and a reboot after the release")
    func memoryStays() throws {
        let (machine, watcher) = try start()
        try machine.writeMemory([1, 2, 3], at: 0x3000_0000)
        control("reset", machine, watcher)
        #expect(try machine.memory.read(at: 0x3000_0000, count: 3) == [1, 2, 3])
    }

    @Test("what waits when a boot ends is answered ENODEV before the tree goes")
    func pendingRequests() throws {
        let (machine, watcher) = try start {
            $0.clock = .real
            $0.faults = (try? FaultPlan(parsing: "register=9905*1")) ?? FaultPlan()
        }
        machine.store(.fadumpRegistered, Array("1".utf8), boot: 1, watcher.answer("first"))
        machine.store(.fadumpRegistered, Array("1".utf8), boot: 1, watcher.answer("second"))
        #expect(!watcher.seen.contains { $0.hasPrefix("first") })
        control("reset", machine, watcher)
        let seen = watcher.seen
        let ended = try #require(seen.firstIndex(of: "ended 1"))
        #expect(
            Set(seen[..<ended].filter { $0.hasSuffix("errno 19") }) == [
                "first: errno 19", "second: errno 19",
            ]
        )
        #expect(!seen.contains { $0.hasPrefix("reset:") })
        #expect(machine.status.power == "resetting")
    }

    @Test("firmware that is busy for ever keeps its caller, but nobody else, on an instant clock too")
    func busyForEver() throws {
        let (machine, watcher) = try start {
            $0.faults = (try? FaultPlan(parsing: "register=-2")) ?? FaultPlan()
        }
        machine.store(.fadumpRegistered, Array("1".utf8), boot: 1, watcher.answer("caller"))
        #expect(try machine.show(.fadumpRegistered, boot: 1) == "0\n")
        machine.store(.panic, Array("5".utf8), boot: 1, watcher.answer("other"))
        #expect(watcher.seen.last == "other: 1")
        control("reset", machine, watcher)
        #expect(watcher.seen.contains("caller: errno 19"))
        #expect(machine.status.boot == 2)
    }

    @Test("a file of an earlier boot is ENODEV")
    func earlierBoot() throws {
        let (machine, watcher) = try start()
        control("reset", machine, watcher)
        #expect(throws: Errno.operationNotSupportedByDevice) { try machine.show(.fadumpEnabled, boot: 1) }
        #expect(try machine.show(.fadumpEnabled, boot: 2) == "1\n")
        machine.store(.fadumpRegistered, Array("1".utf8), boot: 1, watcher.answer("late"))
        #expect(watcher.seen.last == "late: errno 19")
    }

    @Test("a released vmcore is dead for whoever has it open")
    func released() throws {
        let (machine, watcher) = try start()
        machine.store(.fadumpRegistered, Array("1".utf8), boot: 1, watcher.answer("register"))
        control("crash", machine, watcher)
        let handle = try #require(machine.vmcore(boot: 2))
        #expect(!handle.isReleased)
        machine.store(.fadumpReleaseMemory, Array("1".utf8), boot: 2, watcher.answer("release"))
        #expect(handle.isReleased)
        #expect(machine.vmcore(boot: 2) == nil)
    }

    @Test("CPUs that are offline are not in the dump; the last one stays online")
    func cpus() throws {
        let (machine, watcher) = try start { $0.cpus = 3 }
        control("cpu offline 1", machine, watcher)
        control("cpu online 7", machine, watcher)
        machine.store(.fadumpRegistered, Array("1".utf8), boot: 1, watcher.answer("register"))
        control("crash", machine, watcher)
        let core = try #require(machine.vmcore(boot: 2)?.core)
        #expect(core.notes.filter { $0.name == "CORE" }.count == 3)
        #expect(machine.status.cpus == [0, 2, 7])
        for cpu in [2, 7] { control("cpu offline \(cpu)", machine, watcher) }
        control("cpu offline 0", machine, watcher)
        #expect(watcher.seen.last == "cpu offline 0: errno 16")
    }

    @Test("memory is added and removed; a dump registered before does not know the new memory")
    func hotplug() throws {
        let (machine, watcher) = try start()
        machine.store(.fadumpRegistered, Array("1".utf8), boot: 1, watcher.answer("register"))
        control("memory add 2G-3G", machine, watcher)
        #expect(machine.status.memory == 3 << 30)
        control("crash", machine, watcher)
        #expect(machine.vmcore(boot: 2)?.core.programHeaders.count == 3)
        control("reboot", machine, watcher)
        machine.store(.fadumpRegistered, Array("1".utf8), boot: 3, watcher.answer("register"))
        control("crash", machine, watcher)
        #expect(machine.vmcore(boot: 4)?.core.programHeaders.count == 4)
        control("reboot", machine, watcher)
        control("memory remove 1G-1040M", machine, watcher)
        #expect(watcher.seen.last == "memory remove 1G-1040M: 22")
        control("memory remove 0-16M", machine, watcher)
        #expect(watcher.seen.last == "memory remove 0-16M: errno 16")
    }

    @Test(
        "commands that make no sense are refused with an event that says why",
        arguments: ["", "explode", "crash cpu=x", "cpu up 1", "memory add 5", "reboot now", "kexec-unload x"]
    )
    func malformed(line: String) throws {
        let (machine, watcher) = try start()
        control(line, machine, watcher)
        #expect(watcher.seen.suffix(2) == ["command-refused", "\(line): errno 22"])
        #expect(machine.events.last?.details["why"]?.isEmpty == false)
    }

    @Test("two machines of one configuration behave alike, down to every register in the dump")
    func deterministic() throws {
        func headers(_ seed: UInt64) throws -> [UInt8] {
            let (machine, watcher) = try start { $0.seed = seed }
            machine.store(.fadumpRegistered, Array("1".utf8), boot: 1, watcher.answer("register"))
            control("crash", machine, watcher)
            let core = try #require(machine.vmcore(boot: 2)?.core)
            return try core.image.read(at: 0, count: Int(core.programHeaders[0].offset) + 2 * 0x20c)
        }
        #expect(try headers(1) == headers(1))
        #expect(try headers(1) != headers(2))
    }

    @Test("sizes are read and written as people write them")
    func sizes() {
        #expect(ByteSize.parse("2G") == 2 << 30)
        #expect(ByteSize.parse("2GiB") == 2 << 30)
        #expect(ByteSize.parse("0x40020") == 0x40020)
        #expect(ByteSize.parse("1.5G") == nil)
        #expect(ByteSize.parse("") == nil)
        #expect(ByteSize.parse("G") == nil)
        #expect(ByteSize.parse("99999999999T") == nil)
        #expect(ByteSize.text(2 << 30) == "2G")
        #expect(ByteSize.text(0x40020) == "262176")
        #expect(ByteSize.text(0) == "0")
    }
}
