import BinaryCodec
import DumpFormats
import Glibc
import PhysicalMemory
import Synchronization
import SystemPackage
import Testing

@testable import ImageHelper

@Suite("An image through its helper")
struct ImageFileTests {
    /// A raw image of whole pages, each filled with its number, and how it is opened.
    private static let pages = 40
    private static let bytes = (0..<pages * 4096).map { UInt8($0 / 4096) }
    private static let raw = RawMemory(pageSize: 4096, endianness: .little)

    /// Starts helpers in threads of this process; `answers` may give bytes to send instead of the server's.
    private static func file(
        _ bytes: [UInt8] = bytes,
        answers: @escaping @Sendable (Int, [UInt8]) -> Answer = { _, _ in .served }
    ) throws -> (image: ImageFile, trouble: Told) {
        let started = Counter()
        let image = try ImageFile(path: "test") { () throws(Errno) in
            let (ours, theirs) = try MessageSocket.pair()
            let window = try ImageWindow()
            let shared = try ImageWindow(FileDescriptor(rawValue: dup(window.descriptor.rawValue)))
            let number = started.next()
            Thread.start {
                serve(theirs, shared, bytes) { answers(number, $0) }
            }
            return ImageHelper(connection: ImageConnection(socket: ours, window: window)) { "ended, as told" }
        }
        let trouble = Told()
        image.onTrouble { trouble.add($0) }
        return (image, trouble)
    }

    enum Answer: Sendable {
        case served, closed
        case bytes([UInt8])
    }

    /// Stands between the client and a real server, which has a socket of its own.
    private static func serve(
        _ socket: MessageSocket,
        _ window: ImageWindow,
        _ bytes: [UInt8],
        _ answer: ([UInt8]) -> Answer
    ) {
        guard let (near, far) = try? MessageSocket.pair() else { return }
        Thread.start {
            var server = ImageServer(far, window, ArrayBytes(bytes: bytes), raw)
            try? server.serve {}
        }
        while let request = try? socket.receive(limit: 64), !request.isEmpty {
            switch answer(request) {
            case .closed: return
            case .bytes(let bytes): try? socket.send(bytes)
            case .served:
                guard (try? near.send(request)) != nil, let real = try? near.receive(limit: 64) else {
                    return
                }
                try? socket.send(real)
            }
        }
    }

    private func read(_ image: ImageFile, _ offset: UInt64, _ count: Int) throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0xee, count: count)
        let failure = buffer.withUnsafeMutableBytes { buffer -> Errno? in
            do throws(Errno) { try image.fill(buffer, at: offset) } catch { return error }
            return nil
        }
        if let failure { throw failure }
        return buffer
    }

    @Test("is described, and read at any offset and length; what it lacks is zero")
    func reading() throws {
        let (image, trouble) = try Self.file()
        #expect(image.description.format == .raw)
        #expect(image.presentBytes == 40 * 4096)
        for (offset, count) in [(0, 1), (4095, 2), (65536, 65536), (4096, 100_000), (39 * 4096, 8192)] {
            let wanted = Self.bytes[offset...].prefix(count)
            #expect(
                try read(image, UInt64(offset), count) == wanted
                    + Array(repeating: 0, count: count - wanted.count)
            )
        }
        #expect(image.data(from: 5) == 5..<UInt64(40 * 4096))
        #expect(image.data(from: 5000) == 5000..<UInt64(40 * 4096))
        #expect(image.data(from: 40 * 4096) == nil)
        #expect(trouble.all.isEmpty)
    }

    @Test("a file that is no image says why, with field and offset")
    func malformed() throws {
        let error = #expect(throws: ImageFailure.self) { try Self.file(Array("KDUMP   ".utf8)) }
        #expect(
            try #require(error).description
                == "test: header: needs 464 bytes at offset 0, but only 8 are left"
        )
    }

    @Test("a helper that ends is EIO for that read, is told, and is replaced")
    func ending() throws {
        let (image, trouble) = try Self.file { number, request in
            number == 0 && request[0] == 2 ? .closed : .served
        }
        #expect(throws: Errno.ioError) { try read(image, 0, 65536) }
        #expect(try read(image, 0, 65536) == Array(Self.bytes[..<65536]))
        #expect(trouble.all.count == 1)
        #expect(trouble.all.first?.contains("gave no answer at 0x0 and ended, as told") == true)
    }

    @Test("helpers that always end are not started for ever; the same trouble is told once")
    func endingAlways() throws {
        let (image, trouble) = try Self.file { _, request in request[0] == 2 ? .closed : .served }
        for _ in 0..<40 { #expect(throws: Errno.ioError) { try read(image, 0, 65536) } }
        #expect(trouble.all.count == 17)
        #expect(trouble.all.last == "test ended its reader too often; it is not read any more")
        // Nobody knows where memory is any more: it may be anywhere.
        #expect(image.data(from: 7)?.lowerBound == 7)
    }

    @Test(
        "answers that cannot be are EIO, never bytes of somebody else's",
        arguments: [
            [], [1, 2, 3], Array(repeating: 0xff, count: 24),
            [0, 0, 0, 0, 1] + Array(repeating: 0, count: 19),
            [1, 0, 0, 0, 0, 0, 0, 0x80] + Array(repeating: 0, count: 16),
        ] as [[UInt8]]
    )
    func nonsense(_ answer: [UInt8]) throws {
        let (image, trouble) = try Self.file { _, request in request[0] == 2 ? .bytes(answer) : .served }
        #expect(throws: Errno.ioError) { try read(image, 0, 65536) }
        #expect(throws: Errno.ioError) { try read(image, 5, 5) }
        #expect(!trouble.all.isEmpty)
        #expect(image.data(from: 0) != nil)
    }

    @Test("runs that lie before what was asked, or have no length, are none")
    func runs() throws {
        let (image, _) = try Self.file { _, request in
            guard request[0] == 3 else { return .served }
            var writer = BinaryWriter(.little)
            ImageAnswer(first: 10, second: request[8] == 20 ? 30 : 10).write(to: &writer)
            return .bytes(writer.bytes)
        }
        #expect(image.data(from: 20) == nil)
        #expect(image.data(from: 1) == nil)
    }
}

/// A file in memory.
struct ArrayBytes: DumpBytes {
    let name = "test"
    let bytes: [UInt8]
    var size: UInt64 { UInt64(bytes.count) }

    func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard offset < size else { return 0 }
        let part = bytes[Int(offset)...].prefix(buffer.count)
        buffer.copyBytes(from: part)
        return part.count
    }
}

/// A thread for a body, which ends by itself.
enum Thread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    static func start(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(Body(body)).toOpaque()
        pthread_create(
            &thread,
            nil,
            { argument in
                if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            },
            argument
        )
        pthread_detach(thread)
    }
}

final class Counter: Sendable {
    private let value = Mutex(0)
    func next() -> Int {
        value.withLock { value in
            defer { value += 1 }; return value
        }
    }
}

final class Told: Sendable {
    private let texts = Mutex<[String]>([])
    var all: [String] { texts.withLock { $0 } }
    func add(_ text: String) { texts.withLock { $0.append(text) } }
}
