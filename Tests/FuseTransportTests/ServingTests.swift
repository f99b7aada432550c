import Dispatch
import Foundation
import Glibc
import KernFS
import Logging
import Synchronization
import SystemPackage
import Testing

@testable import FuseTransport

/// A real mount of a small tree, in this very process.
@Suite("Serving", .enabled(if: MountedTree.canMount, "needs /dev/fuse and the right to mount"), .serialized)
struct ServingTests {
    /// What a thread of the test found, and that it has.
    private final class Found: Sendable {
        private let value = Mutex<String?>(nil)
        private let done = DispatchSemaphore(value: 0)

        init(_ body: @escaping @Sendable () -> String?) {
            Thread.detachNewThread { [self] in
                let found = body()
                value.withLock { $0 = found }
                done.signal()
            }
        }

        /// Nil where it takes longer than anything should.
        func within(seconds: Int) -> String? {
            done.wait(timeout: .now() + .seconds(seconds)) == .success ? value.withLock { $0 } : nil
        }
    }

    /// A file that shows something when `gate` lets it, and one that does so at once.
    private func gated(_ gate: DispatchSemaphore) throws -> MountedTree {
        try MountedTree([
            .attribute(
                "stuck",
                mode: 0o444,
                MountedTree.sysfs,
                show: {
                    gate.wait()
                    return Array("free".utf8)
                },
                store: nil
            ),
            .attribute("quick", mode: 0o444, MountedTree.sysfs, show: { Array("quick".utf8) }, store: nil),
        ])
    }

    @Test("a handler that waits keeps nobody else waiting", arguments: [1, 7])
    func others(waiting: Int) throws {
        let gate = DispatchSemaphore(value: 0)
        let tree = try gated(gate)
        let stuck = (0..<waiting).map { _ in Found { tree.read("stuck") } }
        let quick = Found { (0..<100).compactMap { _ in tree.read("quick") }.last }
        #expect(quick.within(seconds: 20) == "quick")
        for _ in stuck { gate.signal() }
        for found in stuck { #expect(found.within(seconds: 20) == "free") }
        // Whoever waited serves again.
        #expect(Found { tree.read("quick") }.within(seconds: 20) == "quick")
        tree.end()
    }

    @Test("with all threads waiting, the first that is done goes on")
    func everybody() throws {
        let gate = DispatchSemaphore(value: 0)
        let tree = try gated(gate)
        let stuck = (0..<12).map { _ in Found { tree.read("stuck") } }
        // Eight threads times a hundredth of a second until each has found the one before it stuck.
        usleep(400_000)
        let quick = Found { tree.read("quick") }
        #expect(quick.within(seconds: 0) == nil)
        for _ in stuck { gate.signal() }
        #expect(quick.within(seconds: 20) == "quick")
        for found in stuck { #expect(found.within(seconds: 20) == "free") }
        tree.end()
    }

    @Test("many readers get their own bytes, large and small")
    func manyReaders() throws {
        let size = 1 << 20
        let tree = try MountedTree([
            .blob(
                "large",
                mode: 0o444,
                MountedTree.sysfs,
                open: { Numbers(size: size) },
                size: { UInt64(size) }
            ),
            .attribute("quick", mode: 0o444, MountedTree.sysfs, show: { Array("quick".utf8) }, store: nil),
        ])
        let readers = (0..<12).map { number in
            Found {
                number.isMultiple(of: 3)
                    ? (0..<200).compactMap { _ in tree.read("quick") }.last
                    : tree.sum("large").map(String.init)
            }
        }
        let expected = String((0..<size).reduce(0) { $0 + ($1 & 0xff) })
        for (number, reader) in readers.enumerated() {
            #expect(reader.within(seconds: 60) == (number.isMultiple(of: 3) ? "quick" : expected))
        }
        tree.end()
    }

    @Test(
        "a loop that nobody asks anything ends when it is told to, or when its mount goes",
        arguments: [true, false]
    )
    func end(isTold: Bool) throws {
        let tree = try MountedTree([])
        if isTold { tree.end() } else { #expect(umount2(tree.path, 0) == 0) }
        #expect(tree.hasEnded(within: 20))
    }
}

/// Bytes that count from 0 to 255 again and again.
private final class Numbers: Blob {
    let size: UInt64
    let backing: (any BackingFile)? = nil

    init(size: Int) { self.size = UInt64(size) }

    func read(at offset: UInt64, count: Int, _ body: ([UnsafeRawBufferPointer]) -> Void) throws(Errno) {
        let start = min(offset, size)
        let bytes = (start..<min(start + UInt64(count), size)).map { UInt8(truncatingIfNeeded: $0) }
        bytes.withUnsafeBytes { body([$0]) }
    }

    func write(at offset: UInt64, _ bytes: [UInt8]) throws(Errno) -> Int { throw .ioError }
    func seekData(from offset: UInt64) throws(Errno) -> UInt64 { throw .invalidArgument }
    func seekHole(from offset: UInt64) throws(Errno) -> UInt64 { throw .invalidArgument }
}
