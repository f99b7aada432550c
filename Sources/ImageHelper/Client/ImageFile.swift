import DumpFormats
import Glibc
import PhysicalMemory
import Synchronization
import SystemPackage

/// A file that holds a machine's memory, decoded by a helper process: what it says of itself, and its memory as a
/// background that can be written over.
///
/// The file is used in place. Whatever it holds, this process is safe from it: a helper that ends, hangs or answers
/// nonsense is an error of that one read, is told to whoever listens, and is replaced a few times.
public final class ImageFile: MemoryBackground {
    public let path: String
    public let description: DumpDescription
    /// Bytes of memory that are in the file.
    public let presentBytes: UInt64
    private let state: Mutex<ImageState>

    /// Opens a file and asks a helper what it is.
    ///
    /// `raw` says what a file of no known format is. Errors: `ImageFailure` that says why it is no image.
    public convenience init(opening path: String, _ raw: RawMemory?) throws(ImageFailure) {
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
            let launcher = HelperLauncher(file, name: path, raw)
            try self.init(path: path) { () throws(Errno) in try launcher.launch() }
        } catch let error as ImageFailure {
            throw error
        } catch {
            throw ImageFailure(description: "\(path): \(error)")
        }
    }

    /// The same with helpers from elsewhere.
    init(path: String, _ launch: @escaping @Sendable () throws(Errno) -> ImageHelper) throws(ImageFailure) {
        self.path = path
        var state = ImageState(launch: launch)
        let answer = try state.ask(ImageRequest(.describe), path)
        guard let window = state.helper?.connection.window else { throw ImageFailure(description: path) }
        do {
            // A copy: the helper could change it under the eyes of the parser.
            description = try DumpDescription(parsing: Array(window.bytes(answer.count)))
        } catch {
            throw ImageFailure(description: "\(path): the helper's description of it: \(error)")
        }
        presentBytes = answer.first
        self.state = Mutex(state)
    }

    /// Calls `listener` with every trouble from now on: what was wrong with the image or its helper. It may be called
    /// while locks of the machine are held.
    public func onTrouble(_ listener: @escaping @Sendable (String) -> Void) {
        state.withLock { $0.listener = listener }
    }

    public func fill(_ buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(Errno) {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let position = offset + UInt64(done)
            let count = try state.withLock { (state) throws(Errno) in try state.fill(rest, position, path) }
            done += count
        }
    }

    public func data(from offset: UInt64) -> Range<UInt64>? {
        state.withLock { $0.data(from: offset, path) }
    }
}
