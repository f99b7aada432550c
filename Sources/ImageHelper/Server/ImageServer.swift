import BinaryCodec
import DumpFormats
import Glibc
import SystemPackage

/// The helper: reads one image and answers, until nobody asks any more.
public struct ImageServer {
    /// Where the daemon puts what the helper needs.
    enum Descriptors {
        static let socket: Int32 = 3
        static let window: Int32 = 4
        static let image: Int32 = 5
    }

    private let socket: MessageSocket
    private let window: ImageWindow
    private let image: any DumpBytes
    private let raw: RawMemory?
    private var reader: DumpReader?

    init(_ socket: MessageSocket, _ window: ImageWindow, _ image: any DumpBytes, _ raw: RawMemory?) {
        self.socket = socket
        self.window = window
        self.image = image
        self.raw = raw
    }

    /// The whole life of a helper process, which gives up its rights before it looks at the image.
    ///
    /// Errors: those of the descriptors it was given, and of a right that cannot be given up.
    public static func run(name: String, _ raw: RawMemory?) throws {
        let window = try ImageWindow(FileDescriptor(rawValue: Descriptors.window))
        let image = try FileBytes(FileDescriptor(rawValue: Descriptors.image), name: name)
        let socket = MessageSocket(FileDescriptor(rawValue: Descriptors.socket))
        try Confinement.enter(keeping: Descriptors.image)
        var server = ImageServer(socket, window, image, raw)
        try server.serve { Confinement.allowMoreTime() }
    }

    /// Answers until the other end is closed. `before` is called before each answer.
    mutating func serve(_ before: () -> Void) throws(Errno) {
        while true {
            let message = try socket.receive(limit: ImageRequest.byteCount)
            if message.isEmpty { return }
            before()
            var writer = BinaryWriter(.little)
            answer(message).write(to: &writer)
            try socket.send(writer.bytes)
        }
    }

    private mutating func answer(_ message: [UInt8]) -> ImageAnswer {
        do {
            let request = try ImageRequest(parsing: message)
            let reader = try opened()
            switch request.operation {
            case .describe: return try describe(reader)
            case .fill:
                try reader.read(at: request.address, into: window.bytes(request.count))
                return ImageAnswer(count: request.count)
            case .next:
                guard let run = try reader.present(from: request.address) else { return ImageAnswer() }
                return ImageAnswer(first: run.start.rawValue, second: run.end.rawValue)
            }
        } catch {
            return refuse(String(describing: error))
        }
    }

    private mutating func opened() throws(DumpFailure) -> DumpReader {
        if let reader { return reader }
        let made = try DumpReader([image], raw: raw)
        reader = made
        return made
    }

    private func describe(_ reader: DumpReader) throws(DumpFailure) -> ImageAnswer {
        let present = try reader.presentBytes()
        let bytes = reader.description.bytes
        guard bytes.count <= ImageWindow.byteCount else {
            throw .unsuitable("\(image.name): notes and memory ranges take \(bytes.count) bytes, too many")
        }
        window.bytes(UInt32(bytes.count)).copyBytes(from: bytes)
        return ImageAnswer(count: UInt32(bytes.count), first: present)
    }

    private func refuse(_ text: String) -> ImageAnswer {
        let bytes = Array(text.utf8.prefix(1000))
        window.bytes(UInt32(bytes.count)).copyBytes(from: bytes)
        return ImageAnswer(isSuccess: false, count: UInt32(bytes.count))
    }
}
