import BinaryCodec
import FadumpKernel
import KernelProfile
import Machine
import PhysicalMemory
import Synchronization
import SystemPackage
import Testing

/// A kernel as it can be built.
private struct Variant: Sendable, CustomTestStringConvertible {
    var kernel: KernelProfile
    var endianness: Endianness
    var pageSize: UInt64
    var testDescription: String { "\(kernel.name), \(endianness.rawValue), \(pageSize >> 10)K" }

    static let all = KernelProfile.all.flatMap { kernel in
        kernel.endiannesses.map { Variant(kernel: kernel, endianness: $0, pageSize: 64 << 10) }
    }
}

@Suite("A dump as one file of the machine's memory")
struct DeliveryTests {
    @Test(
        "every kernel's dump is the file of one store, and so is the next one of the same boot",
        arguments: Variant.all
    )
    fileprivate func everyKernel(variant: Variant) throws {
        let crashed = try CrashingMachine {
            $0.kernel = variant.kernel
            $0.endianness = variant.endianness
            $0.pageSize = variant.pageSize
            $0.memory = MemoryMap(size: 4 << 30)
            $0.cpus = 3
        }
        try crashed.machine.writeMemory([1, 2, 3], at: 0x500_0ffe)
        try crashed.machine.writeMemory([4, 5, 6], at: 0xf000_0fff)
        try checkFile(of: try crashed.crash())
        crashed.release()
        try crashed.machine.writeMemory([7, 8, 9], at: 0xf000_0fff)
        try checkFile(of: try crashed.crash())
        // A hard reset keeps it; the next boot has the same file.
        crashed.control("reset")
        try checkFile(of: try #require(crashed.machine.vmcore))
    }

    @Test("a kdump capture kernel's dump is one file too")
    func kdump() throws {
        let crashed = try CrashingMachine { $0.commandLine = "fadump=off crashkernel=128M" }
        crashed.control("kexec-load")
        try crashed.machine.writeMemory([1, 2, 3], at: 0x5000_0fff)
        try checkFile(of: try crashed.crash())
    }

    @Test("holes in memory are holes of the file")
    func holes() throws {
        let map = try MemoryMap([
            AddressRange(0, upTo: 0x4000_0000), AddressRange(0x8000_0000, upTo: 0xc000_0000),
        ])
        let crashed = try CrashingMachine {
            $0.memory = map
        }
        try crashed.machine.writeMemory([1, 2, 3], at: 0x8000_0000)
        try checkFile(of: try crashed.crash())
    }

    @Test("a CPU less changes nothing where the notes take as many pages")
    func pagesOfNotes() throws {
        let crashed = try CrashingMachine {
            $0.cpus = 4
            $0.kernel = KernelProfile.named("linux-6.1") ?? $0.kernel
        }
        crashed.control("cpu offline 3")
        try checkFile(of: try crashed.crash())
    }

    @Test("memory that was added is laid out from the next boot on")
    func addedMemory() throws {
        let crashed = try CrashingMachine()
        crashed.control("memory add 0x80000000-0x90000000")
        crashed.control("reboot")
        try crashed.machine.writeMemory([1, 2, 3], at: 0x8000_0fff)
        try checkFile(of: try crashed.crash())
    }

    @Test(
        "the mode is settled before the dump is opened, and turns direct where the transport cannot use it after all"
    )
    func refused() throws {
        let crashed = try CrashingMachine()
        let handle = try crashed.crash()
        #expect(crashed.machine.status.vmcoreMode == .passthrough)
        let store = try #require(handle.store())
        #expect(handle.store() === store)
        #expect(crashed.machine.status.vmcoreMode == .passthrough)
        handle.deliverDirectly(because: "the transport says so")
        #expect(handle.store() == nil)
        #expect(crashed.machine.status.vmcoreModeReason == "the transport says so")
    }

    @Test("a released dump is nowhere any more: not in its file, not in memory")
    func released() throws {
        let crashed = try CrashingMachine()
        try crashed.machine.writeMemory([1, 2, 3], at: 0x3000_0000)
        let handle = try crashed.crash()
        let store = try #require(handle.store())
        let told = Mutex(0)
        handle.whenReleased { told.withLock { $0 += 1 } }
        crashed.release()
        handle.whenReleased { told.withLock { $0 += 1 } }
        #expect(told.withLock { $0 } == 2)
        #expect(store.allocated == 0)
        #expect(handle.store() == nil)
        #expect(try store.descriptor.seek(offset: 0, from: .end) == 0)
        #expect(try crashed.machine.memory.read(at: 0x3000_0000, count: 3) == [0, 0, 0])
        // Whoever served the files heard of it before the one who released it.
        let seen = crashed.watcher.seen
        let heard = try #require(seen.lastIndex(of: "released"))
        #expect(heard < (try #require(seen.lastIndex(of: "1: 1"))))
    }
}
