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
    private final class Crashed {
        let machine: Machine
        let watcher = Watcher()

        init(_ change: (inout MachineConfiguration) -> Void) throws {
            var configuration = MachineConfiguration()
            change(&configuration)
            machine = try Machine(configuration)
            machine.served(refusingPassthrough: nil)
            machine.observe(watcher)
            machine.start()
        }

        func control(_ line: String) {
            machine.control(line, count: line.utf8.count, watcher.answer(line))
        }

        func write(_ text: String, _ attribute: Attribute) {
            guard let boot = machine.runningBoot else { return }
            machine.store(attribute, Array(text.utf8), boot: boot, watcher.answer(text))
        }

        func crash() throws -> VMCoreHandle {
            if machine.status.fadump != .registered { write("1", .fadumpRegistered) }
            write("c", .sysrqTrigger)
            return try #require(machine.vmcore)
        }

        /// Why the dump is no file.
        func reason() throws -> String { try crash().delivery.reason ?? "" }
    }

    /// The store's file is what the image reads, wherever there is something.
    private func check(_ handle: VMCoreHandle) throws {
        guard case .passthrough(let store) = handle.delivery else {
            Issue.record("delivered directly: \(handle.delivery.reason ?? "")")
            return
        }
        let image = handle.core.image
        #expect(store.size == image.size)
        var position: UInt64 = 0
        while let data = image.nextData(from: position) {
            let end = image.nextHole(from: data) ?? image.size
            let wanted = try image.read(at: data, count: Int(end - data))
            var found = [UInt8](repeating: 0, count: wanted.count)
            let count = try found.withUnsafeMutableBytes {
                try store.descriptor.read(fromAbsoluteOffset: Int64(data), into: $0)
            }
            #expect(count == wanted.count && found == wanted, "bytes at \(data)")
            position = end
        }
    }

    @Test(
        "every kernel's dump is the file of one store, and so is the next one of the same boot",
        arguments: Variant.all
    )
    fileprivate func everyKernel(variant: Variant) throws {
        let crashed = try Crashed {
            $0.kernel = variant.kernel
            $0.endianness = variant.endianness
            $0.pageSize = variant.pageSize
            $0.memory = MemoryMap(size: 4 << 30)
            $0.cpus = 3
        }
        try crashed.machine.writeMemory([1, 2, 3], at: 0x500_0ffe)
        try crashed.machine.writeMemory([4, 5, 6], at: 0xf000_0fff)
        try check(try crashed.crash())
        crashed.write("1", .fadumpReleaseMemory)
        try crashed.machine.writeMemory([7, 8, 9], at: 0xf000_0fff)
        try check(try crashed.crash())
        // A hard reset keeps it; the next boot has the same file.
        crashed.control("reset")
        try check(try #require(crashed.machine.vmcore))
    }

    @Test("a page array that is made up when it is read is in no file")
    func madeUp() throws {
        let crashed = try Crashed { $0.pageSize = 4 << 10 }
        #expect(try crashed.reason() == "some of memory is made up when it is read")
    }

    @Test("a kdump capture kernel's dump is one file too")
    func kdump() throws {
        let crashed = try Crashed { $0.commandLine = "fadump=off crashkernel=128M" }
        crashed.control("kexec-load")
        try crashed.machine.writeMemory([1, 2, 3], at: 0x5000_0fff)
        try check(try crashed.crash())
    }

    @Test("holes in memory are holes of the file")
    func holes() throws {
        let map = try MemoryMap([
            AddressRange(0, upTo: 0x4000_0000), AddressRange(0x8000_0000, upTo: 0xc000_0000),
        ])
        let crashed = try Crashed {
            $0.memory = map
        }
        try crashed.machine.writeMemory([1, 2, 3], at: 0x8000_0000)
        try check(try crashed.crash())
    }

    @Test("a dump that came out otherwise than foreseen is read directly, and says why")
    func otherwise() throws {
        let unforeseen = "the dump came out otherwise than memory was laid out for"
        let offline = try Crashed { $0.cpus = 4 }
        offline.control("cpu offline 3")
        #expect(try offline.reason() == unforeseen)
        // The page of the notes is the same with one CPU less.
        let paged = try Crashed {
            $0.cpus = 4
            $0.kernel = KernelProfile.named("linux-6.1") ?? $0.kernel
        }
        paged.control("cpu offline 3")
        try check(try paged.crash())
        let larger = try Crashed { _ in }
        larger.control("memory add 0x80000000-0x90000000")
        larger.write("0", .fadumpRegistered)
        #expect(try larger.reason() == unforeseen)
    }

    @Test("a kernel that lists boot memory twice has no dump that is one file")
    func twice() throws {
        let map = try MemoryMap([
            AddressRange(0, upTo: 0x800_0000), AddressRange(0x800_0000, upTo: 0x8000_0000),
        ])
        let crashed = try Crashed {
            $0.kernel = KernelProfile.named("linux-3.4") ?? $0.kernel
            $0.memory = map
        }
        #expect(try crashed.reason() == "the dump shows memory in no order that one file can have")
    }

    @Test("what was asked for, and what the transport cannot do, stands in the status")
    func refusals() throws {
        let asked = try Crashed { $0.vmcore = .direct }
        _ = try asked.crash()
        #expect(asked.machine.status.vmcoreMode == .direct)
        #expect(asked.machine.status.vmcoreModeReason == "asked for")
        let refused = try Crashed { _ in }
        refused.machine.served(refusingPassthrough: "no rights")
        #expect(try refused.reason() == "no rights")
        let huge = try Crashed { $0.memory = MemoryMap(size: 1 << 40) }
        #expect(try huge.reason().isEmpty == false)
    }

    @Test("a released dump is nowhere any more: not in its file, not in memory")
    func released() throws {
        let crashed = try Crashed { _ in }
        try crashed.machine.writeMemory([1, 2, 3], at: 0x3000_0000)
        let handle = try crashed.crash()
        guard case .passthrough(let store) = handle.delivery else {
            Issue.record("delivered directly")
            return
        }
        let told = Mutex(0)
        handle.whenReleased { told.withLock { $0 += 1 } }
        crashed.write("1", .fadumpReleaseMemory)
        handle.whenReleased { told.withLock { $0 += 1 } }
        #expect(told.withLock { $0 } == 2)
        #expect(store.allocated == 0)
        #expect(try store.descriptor.seek(offset: 0, from: .end) == 0)
        #expect(try crashed.machine.memory.read(at: 0x3000_0000, count: 3) == [0, 0, 0])
    }
}
