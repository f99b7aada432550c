import BinaryCodec
import Glibc
import SystemPackage

/// Why an image gives no answer.
public struct ImageFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Says what is wrong with the image, or what became of the helper.
    public var description: String
    /// Whether the helper is of no use any more.
    var isOver = false
}

/// A helper that can be asked: requests out, answers in, all of them distrusted.
struct ImageConnection: Sendable {
    let socket: MessageSocket
    let window: ImageWindow

    /// Milliseconds that an answer may take: far more than one needs, and not for ever. Opening reads all bitmaps.
    private static func patience(_ operation: ImageRequest.Operation) -> Int32 {
        operation == .describe ? 60_000 : 10_000
    }

    /// Errors: what the helper says is wrong, or that it is over.
    func ask(_ request: ImageRequest) throws(ImageFailure) -> ImageAnswer {
        let answer: ImageAnswer
        do {
            var writer = BinaryWriter(.little)
            request.write(to: &writer)
            try socket.send(writer.bytes)
            try socket.wait(milliseconds: Self.patience(request.operation))
            let bytes = try socket.receive(limit: ImageAnswer.byteCount)
            guard !bytes.isEmpty else { throw Errno.brokenPipe }
            answer = try ImageAnswer(parsing: bytes)
        } catch {
            let what = error as? Errno == .timedOut ? "gave no answer in time" : "gave no answer"
            throw ImageFailure(description: what, isOver: true)
        }
        guard answer.isSuccess else {
            throw ImageFailure(description: String(decoding: window.bytes(answer.count), as: UTF8.self))
        }
        return answer
    }
}
