import SystemPackage

/// What `ImageFile` guards: the helper of the moment, and what it answered lately.
struct ImageState: Sendable {
    private(set) var helper: ImageHelper?
    var listener: (@Sendable (String) -> Void)?
    private let launch: @Sendable () throws(Errno) -> ImageHelper
    /// How many helpers may still be started.
    private var launches = 16
    private var pages = PageCache()
    private var runs = RunCache()
    /// What was told: the same trouble is not told for every read of a page.
    private var told: Set<String> = []
    private static let mostTold = 256

    init(launch: @escaping @Sendable () throws(Errno) -> ImageHelper) { self.launch = launch }

    /// Fills the first bytes of `buffer`, at least one, and returns how many.
    mutating func fill(
        _ buffer: UnsafeMutableRawBufferPointer,
        _ offset: UInt64,
        _ path: String
    ) throws(Errno) -> Int {
        do throws(ImageFailure) {
            let size = UInt64(PageCache.pageSize)
            // Much at once goes past the cache; little brings the page around it in.
            if offset % size == 0, buffer.count >= PageCache.pageSize {
                let count = min(buffer.count, ImageWindow.byteCount)
                let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
                try read(offset, part, path)
                return count
            }
            let page = offset / size
            if !pages.contains(page) {
                var bytes = [UInt8](repeating: 0, count: PageCache.pageSize)
                let failure = bytes.withUnsafeMutableBytes { buffer -> ImageFailure? in
                    do throws(ImageFailure) { try read(page * size, buffer, path) } catch { return error }
                    return nil
                }
                if let failure { throw failure }
                pages.insert(page, bytes)
            }
            return pages.copy(page, from: Int(offset % size), to: buffer)
        } catch {
            tell(error.description)
            throw .ioError
        }
    }

    private mutating func tell(_ trouble: String) {
        guard told.count < Self.mostTold, told.insert(trouble).inserted else { return }
        listener?(trouble)
        if told.count == Self.mostTold { listener?("further troubles are not told") }
    }

    /// The next run that may hold anything; where nobody can tell, everything may.
    mutating func data(from offset: UInt64, _ path: String) -> Range<UInt64>? {
        if let known = runs[offset] { return known.isEmpty ? nil : known }
        guard let answer = try? ask(ImageRequest(.next, address: offset), path) else {
            return offset..<max(offset, .max)
        }
        let isSane = answer.first >= offset && answer.second > answer.first
        let run = isSane ? answer.first..<answer.second : UInt64.max..<UInt64.max
        runs.insert(run, askedFrom: offset)
        return isSane ? run : nil
    }

    private mutating func read(
        _ offset: UInt64,
        _ buffer: UnsafeMutableRawBufferPointer,
        _ path: String
    ) throws(ImageFailure) {
        let answer = try ask(
            ImageRequest(.fill, address: offset, count: UInt32(clamping: buffer.count)),
            path
        )
        guard let window = helper?.connection.window, answer.count == buffer.count else {
            throw ImageFailure(description: "\(path): \(answer.count) bytes for \(buffer.count)")
        }
        buffer.copyMemory(from: UnsafeRawBufferPointer(window.bytes(answer.count)))
    }

    /// Asks the helper, a new one where the last one ended.
    mutating func ask(_ request: ImageRequest, _ path: String) throws(ImageFailure) -> ImageAnswer {
        let running = try running(path)
        do {
            return try running.connection.ask(request)
        } catch {
            guard error.isOver else { throw error }
            helper = nil
            let left =
                launches > 0 ? "another one may be started \(launches) times" : "no other one is started"
            let place = "0x\(String(request.address, radix: 16))"
            throw ImageFailure(
                description:
                    "the process that reads \(path) \(error.description) at \(place) and \(running.end()); \(left)"
            )
        }
    }

    private mutating func running(_ path: String) throws(ImageFailure) -> ImageHelper {
        if let helper { return helper }
        guard launches > 0 else {
            throw ImageFailure(description: "\(path) ended its reader too often; it is not read any more")
        }
        launches -= 1
        do {
            let made = try launch()
            helper = made
            return made
        } catch {
            throw ImageFailure(description: "cannot start the process that reads \(path): \(error)")
        }
    }
}
