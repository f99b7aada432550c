import Glibc
import Synchronization
import SystemPackage
import Testing

@testable import FuseTransport

/// Writes down what it is given.
private final class Device: Sendable {
    let written = Mutex<[[UInt8]]>([])
    let closed = Mutex<[UInt64]>([])
    /// What it says to the next answers.
    let refusal = Mutex<Errno?>(nil)
}

@Suite("Answers that are held")
struct HeldAnswersTests {
    private let device: Device
    private let answers: HeldAnswers

    init() {
        let device = Device()
        self.device = device
        answers = HeldAnswers(
            write: { bytes in
                device.written.withLock { $0.append(Array(bytes)) }
                return device.refusal.withLock { $0 }
            },
            close: { file in device.closed.withLock { $0.append(file) } }
        )
    }

    /// Answers a request. False where the answer is not held.
    private func answer(_ request: UInt8, _ body: [UInt8] = []) -> Bool {
        var header = Self.header(request)
        var body = body
        return header.withUnsafeMutableBytes { header in
            body.withUnsafeMutableBytes { body in
                let pieces = [header, body].map { iovec(iov_base: $0.baseAddress, iov_len: $0.count) }
                return pieces.withUnsafeBufferPointer { answers.hold($0) } == header.count + body.count
            }
        }
    }

    /// Its size and error do not count here.
    private static func header(_ request: UInt8) -> [UInt8] {
        [UInt8](repeating: 0, count: 8) + [request, 0, 0, 0, 0, 0, 0, 0]
    }

    private var written: [[UInt8]] { device.written.withLock { $0 } }

    @Test("they are given in their order, when it is asked for, and once")
    func given() {
        answers.begin(opens: false)
        #expect(answer(1, [2, 3]))
        #expect(answer(4))
        answers.end()
        #expect(written == [])
        #expect(answers.give())
        #expect(written == [Self.header(1) + [2, 3], Self.header(4)])
        #expect(!answers.give())
        #expect(written.count == 2)
    }

    @Test("none is held before and after, no large one, none of other threads, nothing without a request")
    func notHeld() throws {
        #expect(!answer(1))
        answers.begin(opens: false)
        #expect(answer(1, [UInt8](repeating: 1, count: HeldAnswers.largest - 16)))
        #expect(!answer(1, [UInt8](repeating: 1, count: HeldAnswers.largest - 15)))
        #expect(!answer(0))
        let isHeld = Mutex(true)
        let thread = try #require(JoinedThread.start { isHeld.withLock { $0 = answer(1) } })
        pthread_join(thread, nil)
        #expect(!isHeld.withLock { $0 })
        answers.end()
        #expect(!answer(1))
        answers.give()
        #expect(written.map(\.count) == [HeldAnswers.largest])
    }

    @Test("as many as there is room for are given at once: none waits for ever where requests never end")
    func many() {
        answers.begin(opens: false)
        let requests = (1...HeldAnswers.most).map { UInt8($0) }
        for request in requests {
            #expect(written.isEmpty)
            #expect(answer(request))
        }
        #expect(written == requests.map(Self.header))
        #expect(!answers.give())
    }

    @Test("a file whose opener is gone is closed, and nothing else is")
    func refusedOpen() {
        let body: [UInt8] = [7, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        device.refusal.withLock { $0 = .noSuchFileOrDirectory }
        for opens in [false, true] {
            answers.begin(opens: opens)
            #expect(answer(1, body))
            // An open that was refused by us.
            #expect(answer(2))
        }
        answers.give()
        #expect(device.closed.withLock { $0 } == [263])
        device.refusal.withLock { $0 = nil }
        #expect(answer(3, body))
        answers.give()
        #expect(device.closed.withLock { $0 } == [263])
    }
}
