import BinaryCodec
import Testing

@testable import ImageHelper

@Suite("What daemon and helper say to each other")
struct MessageTests {
    @Test("requests survive being written and read, and are refused cut off or with what there is not")
    func requests() throws {
        let request = ImageRequest(.fill, address: 1 << 40, count: 65536)
        var writer = BinaryWriter(.little)
        request.write(to: &writer)
        #expect(writer.count == ImageRequest.byteCount)
        #expect(
            writer.bytes == [2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0] + Array(repeating: 0, count: 8)
        )
        #expect(try ImageRequest(parsing: writer.bytes) == request)
        for length in 0..<ImageRequest.byteCount {
            #expect(throws: BinaryError.self) { try ImageRequest(parsing: Array(writer.bytes[..<length])) }
        }
        for (at, value) in [(0, UInt8(9)), (7, 0x80)] {
            var bytes = writer.bytes
            bytes[at] = value
            #expect(throws: BinaryError.self) { try ImageRequest(parsing: bytes) }
        }
    }

    @Test("answers survive being written and read, and are refused cut off or with more than the window has")
    func answers() throws {
        let answer = ImageAnswer(isSuccess: false, count: 9, first: 1, second: 1 << 63)
        var writer = BinaryWriter(.little)
        answer.write(to: &writer)
        #expect(writer.count == ImageAnswer.byteCount)
        #expect(try ImageAnswer(parsing: writer.bytes) == answer)
        for length in 0..<ImageAnswer.byteCount {
            #expect(throws: BinaryError.self) { try ImageAnswer(parsing: Array(writer.bytes[..<length])) }
        }
        var bytes = writer.bytes
        bytes[6] = 0x41
        #expect(throws: BinaryError.self) { try ImageAnswer(parsing: bytes) }
    }
}
