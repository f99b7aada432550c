import FadumpKernel
import Glibc
import Machine
import PhysicalMemory
import SystemPackage
import Testing

/// A machine whose files would be served by somebody who can let its dump be read without asking.
final class CrashingMachine {
    let machine: Machine
    let watcher = Watcher()

    init(_ change: (inout MachineConfiguration) -> Void = { _ in }) throws {
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

    func release() { write("1", .fadumpReleaseMemory) }

    /// Why the dump is no file, as the status says it.
    func reason() throws -> String {
        let handle = try crash()
        let status = machine.status
        #expect(status.vmcoreMode == handle.delivery.mode)
        #expect(status.vmcoreModeReason == handle.delivery.reason)
        return handle.delivery.reason ?? ""
    }
}

/// The store's file is what a direct reader of the dump gets, byte for byte: where one of them has something, and where
/// both have nothing.
func checkFile(of handle: VMCoreHandle, sourceLocation: SourceLocation = #_sourceLocation) throws {
    guard let store = handle.store() else {
        Issue.record(
            "delivered directly: \(handle.delivery.reason ?? "")",
            sourceLocation: sourceLocation
        )
        return
    }
    let image = handle.core.image
    #expect(store.size == image.size, sourceLocation: sourceLocation)
    #expect(try store.descriptor.seek(offset: 0, from: .end) == Int64(image.size))
    var position: UInt64 = 0
    while position < image.size {
        // Both tell their holes, each in its own way.
        let stored = lseek(store.descriptor.rawValue, off_t(position), 3 /* SEEK_DATA */)
        let places = [stored < 0 ? nil : UInt64(stored), image.nextData(from: position)].compactMap { $0 }
        guard let next = places.min() else { return }
        let count = Int(min(64 << 10, image.size - next))
        let wanted = try image.read(at: next, count: count)
        var found = [UInt8](repeating: 0, count: wanted.count)
        let got = try found.withUnsafeMutableBytes {
            try store.descriptor.read(fromAbsoluteOffset: Int64(next), into: $0)
        }
        guard got == wanted.count, memcmp(found, wanted, wanted.count) == 0 else {
            Issue.record("other bytes behind \(next)", sourceLocation: sourceLocation)
            return
        }
        position = next + UInt64(count)
    }
}
