import BinaryCodec
import KernelProfile
import Machine
import PhysicalMemory
import Testing

/// A kernel with pages of 4 KiB.
private struct Small: Sendable, CustomTestStringConvertible {
    var kernel: String
    var endianness: Endianness
    var testDescription: String { "\(kernel), \(endianness.rawValue)" }

    static let all = [
        Small(kernel: "rfc-v7", endianness: .big), Small(kernel: "linux-4.14", endianness: .little),
        Small(kernel: "linux-7.2", endianness: .little), Small(kernel: "linux-7.2", endianness: .big),
    ]
}

@Suite("A dump with a page array that is made up when it is read")
struct StoredPageArrayTests {
    /// The array takes 16 MiB: more than is stored at boot.
    private func machine(
        _ change: (inout MachineConfiguration) -> Void = { _ in }
    ) throws -> CrashingMachine {
        try CrashingMachine {
            $0.pageSize = 4 << 10
            $0.memory = MemoryMap(size: 1 << 30)
            change(&$0)
        }
    }

    @Test("it is stored when the dump is opened, for every dump of every boot", arguments: Small.all)
    fileprivate func stored(_ small: Small) throws {
        let crashed = try machine {
            $0.kernel = KernelProfile.named(small.kernel) ?? $0.kernel
            $0.endianness = small.endianness
        }
        try checkFile(of: try crashed.crash())
        crashed.release()
        try checkFile(of: try crashed.crash())
        // A hard reset keeps it; the next boot has the same file, and nothing is written a second time.
        let store = crashed.machine.vmcore?.store()
        crashed.control("reset")
        #expect(crashed.machine.vmcore?.store() === store)
        try checkFile(of: try #require(crashed.machine.vmcore))
    }

    @Test("a clean reboot, and one after which memory lies otherwise, change nothing")
    func rebooted() throws {
        let crashed = try machine()
        crashed.control("reboot")
        try checkFile(of: try crashed.crash())
        let larger = try machine()
        larger.control("memory add 0x40000000-0x50000000")
        larger.control("reboot")
        try checkFile(of: try larger.crash())
    }

    @Test("neither boot nor crash store it; the first who asks does, and a release gives it back")
    func lazily() throws {
        let array: UInt64 = 16 << 20
        let crashed = try machine()
        let handle = try crashed.crash()
        #expect(crashed.machine.status.memoryAllocated < array / 4)
        _ = handle.store()
        #expect(crashed.machine.status.memoryAllocated > array)
        crashed.release()
        #expect(crashed.machine.status.memoryAllocated < array / 4)
    }

    @Test("the largest array that is stored is that of 16 GiB")
    func largest() throws {
        let crashed = try machine {
            $0.memory = MemoryMap(size: 16 << 30)
            $0.vmcore = .passthrough
        }
        #expect(try crashed.reason().isEmpty)
    }

    @Test("a release does not wait for the array to be stored, and nothing of it comes after")
    func releasedMeanwhile() async throws {
        let crashed = try machine {
            $0.memory = MemoryMap(size: 8 << 30)
            $0.vmcore = .passthrough
        }
        for _ in 0..<3 {
            let handle = try crashed.crash()
            let opener = Task.detached { handle.store() }
            // Until some of it is stored, or cannot be.
            while case .passthrough = handle.delivery, crashed.machine.status.memoryAllocated < 8 << 20 {
                await Task.yield()
            }
            crashed.release()
            let store = await opener.value
            #expect(store?.allocated ?? 0 == 0)
            #expect(handle.store() == nil)
            #expect(crashed.machine.status.memoryAllocated < 16 << 20)
        }
    }
}
