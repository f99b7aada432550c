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

    /// Makes an answer of a header and a body. False where it is not held.
    private func answer(_ header: [UInt8], _ body: [UInt8] = []) -> Bool {
        var header = header
        var body = body
        return header.withUnsafeMutableBytes { header in
            body.withUnsafeMutableBytes { body in
                let pieces = [header, body].map { iovec(iov_base: $0.baseAddress, iov_len: $0.count) }
                return pieces.withUnsafeBufferPointer { answers.hold($0) } == header.count + body.count
            }
        }
    }

    private var written: [[UInt8]] { device.written.withLock { $0 } }

    @Test("they are given in their order, when it is asked for, and once")
    func given() {
        answers.begin(opens: false)
        #expect(answer([1, 2], [3]))
        #expect(answer([4]))
        answers.end()
        #expect(written == [])
        #expect(answers.give())
        #expect(written == [[1, 2, 3], [4]])
        #expect(!answers.give())
        #expect(written.count == 2)
    }

    @Test("none is held before and after, none that is large, and none of another thread")
    func notHeld() throws {
        #expect(!answer([1]))
        answers.begin(opens: false)
        let header = [UInt8](repeating: 0, count: 16)
        #expect(answer(header, [UInt8](repeating: 1, count: HeldAnswers.largest - 16)))
        #expect(!answer(header, [UInt8](repeating: 1, count: HeldAnswers.largest - 15)))
        let isHeld = Mutex(true)
        let thread = try #require(JoinedThread.start { isHeld.withLock { $0 = answer([1]) } })
        pthread_join(thread, nil)
        #expect(!isHeld.withLock { $0 })
        answers.end()
        #expect(!answer([1]))
        answers.give()
        #expect(written.map(\.count) == [HeldAnswers.largest])
    }

    @Test("as many as there is room for are given at once: none waits for ever where requests never end")
    func many() {
        answers.begin(opens: false)
        for number in 0..<HeldAnswers.most {
            #expect(written.isEmpty)
            #expect(answer([UInt8(number)]))
        }
        #expect(written == (0..<HeldAnswers.most).map { [UInt8($0)] })
        #expect(!answers.give())
    }

    @Test("a file whose opener is gone is closed, and nothing else is")
    func refusedOpen() {
        let header = [UInt8](repeating: 0, count: 16)
        let body: [UInt8] = [7, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        device.refusal.withLock { $0 = .noSuchFileOrDirectory }
        for opens in [false, true] {
            answers.begin(opens: opens)
            #expect(answer(header, body))
            // An open that was refused by us.
            #expect(answer(header))
        }
        answers.give()
        #expect(device.closed.withLock { $0 } == [263])
        device.refusal.withLock { $0 = nil }
        #expect(answer(header, body))
        answers.give()
        #expect(device.closed.withLock { $0 } == [263])
    }
}
