import ArgumentParser
import BinaryCodec
import DumpFormats
import ImageHelper

/// What a daemon starts to decode an image; not for people, who get nothing from it.
struct ReadImage: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read-image",
        abstract: "Decode an image for a daemon.",
        shouldDisplay: false
    )

    @Argument(help: "What the image is called in errors.")
    var name: String

    @Argument(help: "Bytes of a page of memory that no format describes.")
    var pageSize: UInt64?

    @Argument(help: "Its byte order.")
    var byteOrder: String?

    func run() throws {
        let raw = pageSize.map { size in
            RawMemory(pageSize: size, endianness: byteOrder.flatMap(Endianness.init) ?? .big)
        }
        try ImageServer.run(name: name, raw)
    }
}
