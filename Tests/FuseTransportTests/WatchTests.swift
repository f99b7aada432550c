import CFuse
import Foundation
import Glibc
import Synchronization
import Testing

@testable import FuseTransport

@Suite("Watching the leader")
struct WatchTests {
    @Test("one request for more than a tick is told, many short ones are not")
    func standstill() {
        let pulse = Pulse()
        let told = Atomic(0)
        let watch = Watch(pulse) {
            told.wrappingAdd(1, ordering: .sequentiallyConsistent)
            pulse.end()
        }
        watch.start()
        for _ in 0..<200 {
            pulse.begin()
            pulse.end()
            usleep(200)
        }
        #expect(told.load(ordering: .sequentiallyConsistent) == 0)
        pulse.begin()
        let start = Date()
        while told.load(ordering: .sequentiallyConsistent) == 0, Date().timeIntervalSince(start) < 20 {
            usleep(1000)
        }
        #expect(told.load(ordering: .sequentiallyConsistent) == 1)
        // Asleep by now, and called all the same.
        usleep(200_000)
        pulse.begin()
        while told.load(ordering: .sequentiallyConsistent) == 1, Date().timeIntervalSince(start) < 20 {
            usleep(1000)
        }
        #expect(told.load(ordering: .sequentiallyConsistent) == 2)
        watch.end()
    }

    @Test("sleeping ends with the next request, and never begins after one that was missed")
    func sleeping() {
        let pulse = Pulse()
        pulse.wakeWatch()
        pulse.sleep(knowing: 0)
        pulse.begin()
        pulse.sleep(knowing: 0)
        #expect(pulse.requests == 1)
    }

    @Test("a low latency is held while it is wanted, and refused once where it cannot be had")
    func latency() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "latency-\(UUID())").path
        defer { unlink(file) }
        func isHeld() throws -> Bool {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").contains {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + $0)) == file
            }
        }
        var latency = WakeUpLatency(device: file)
        latency.keepLow(true)
        #expect(FileManager.default.createFile(atPath: file, contents: nil))
        latency.keepLow(true)
        #expect(try !isHeld())

        var other = WakeUpLatency(device: file)
        other.keepLow(true)
        other.keepLow(true)
        #expect(try isHeld())
        #expect(FileManager.default.contents(atPath: file) == Data([0, 0, 0, 0]))
        other.keepLow(false)
        #expect(try !isHeld())
    }

    @Test("one client is alone after a burst of its own; releases, which nobody waits for, do not count")
    func clients() {
        var clients = RecentClients()
        for _ in 0..<16 { clients.note(7) }
        #expect(!clients.isOneAlone)
        clients.note(0)
        clients.note(7)
        #expect(clients.isOneAlone)
        clients.note(8)
        #expect(!clients.isOneAlone)
    }

    @Test("heads of requests say who asks, and how much a read wants")
    func heads() {
        var words = [UInt32](repeating: 0, count: 20)
        (words[1], words[8], words[14]) = (15, 4711, 1 << 20)
        func head(_ count: Int) -> RequestHead? {
            words.withUnsafeMutableBytes { bytes in
                var buffer = fuse_buf()
                buffer.mem = bytes.baseAddress
                buffer.size = count
                return RequestHead(buffer)
            }
        }
        #expect(head(80)?.client == 4711)
        #expect(head(80)?.readSize == 1 << 20)
        #expect(head(40)?.readSize == 0)
        #expect(head(39) == nil)
        words[1] = 16
        #expect(head(80)?.readSize == 0)
    }
}
