import FadumpKernel
import KernelProfile
import Machine
import PhysicalMemory
import PowerFirmware
import Testing

@Suite("Bare machines as they are described")
struct BareMachineConfigurationTests {
    private func machine(_ change: (inout MachineConfiguration) throws -> Void) rethrows
        -> MachineConfiguration
    {
        var machine = MachineConfiguration()
        machine.platform = .powernv
        machine.kernel = KernelProfile.all[KernelProfile.all.count - 1]
        try change(&machine)
        return machine
    }

    private func refusal(_ change: (inout MachineConfiguration) throws -> Void) rethrows -> MachineSetting? {
        let machine = try machine(change)
        do throws(ConfigurationFailure) { try machine.validate() } catch { return error.setting }
        return nil
    }

    @Test("every kernel since 5.4 goes, and none before")
    func kernels() {
        for kernel in KernelProfile.all {
            let refused = refusal { $0.kernel = kernel }
            #expect(refused == (kernel.opal == nil ? .platform : nil), "\(kernel.name)")
        }
    }

    @Test("firmware, faults and memory have to be a bare machine's")
    func others() throws {
        #expect(refusal { $0.firmware = .qemu } == .firmware)
        #expect(refusal { $0.firmware = .none } == nil)
        #expect(try refusal { $0.faults = try FaultPlan(parsing: "hpte-section=empty") } == .faults)
        #expect(try refusal { $0.faults = try FaultPlan(parsing: "cpu-section=empty,os-term=-6") } == nil)
        #expect(refusal { $0.memory = MemoryMap(size: 512 << 20) } == .memory)
        #expect(try refusal { try $0.set(.memoryMap, to: "0-768M,1G-4G", from: .builtIn) } == .memoryMap)
        #expect(refusal { $0.memory = MemoryMap(size: 1 << 30) } == nil)
    }

    @Test("it has as many CPUs as there are, and the largest has room for all of them")
    func cpus() throws {
        #expect(machine { $0.cpus = 7 }.effectiveMaximumCPUs == 7)
        let largest = try #require(KernelProfile.all.last).maximumCPUs
        #expect(refusal { ($0.cpus, $0.memory) = (largest, MemoryMap(size: 4 << 30)) } == nil)
    }

    @Test("a reset loses the dump: only the boot right after the crash knows of it")
    func reset() throws {
        let machine = try Machine(machine { _ in })
        let watcher = Watcher()
        machine.observe(watcher)
        machine.start()
        machine.store(.sysrqTrigger, Array("c\n".utf8), boot: 1, watcher.answer("crash"))
        #expect(machine.status.fadump == .dumpActive && machine.status.boot == 2)
        #expect(machine.opalCore(boot: 2) != nil && machine.deviceTreeNode?.name == "ibm,opal")
        machine.control("memory remove 768M-784M", count: 5, watcher.answer("remove"))
        #expect(watcher.seen.contains("remove: errno 16"))
        #expect(machine.status.firmwareMemory?.hasPrefix("768M-") == true)
        machine.control("reset", count: 5, watcher.answer("reset"))
        #expect(machine.status.fadump == .registered && machine.opalCore(boot: 3) == nil)
    }
}
