import CLinux
import Glibc
import Synchronization
import SystemPackage

/// A sparse run of bytes that backs physical memory: an anonymous memory file over a background.
///
/// Shapes: `size` bytes, at first those of the background, without one all zero; storage is used only for pages that
/// were written. Reading never allocates storage: `read` goes through pread(2), which answers holes of a memory file
/// without filling them, and `data(from:)` tells where the holes are.
/// Errors: `Errno` of the system call, e.g. `.noSpace` where the host is out of memory.
public final class MemoryStore: Sendable {
    public let size: UInt64
    /// The memory file. Whoever reads it elsewhere sees the store without its background.
    public let descriptor: FileDescriptor
    /// A read-only view of the whole store. Only ever touched where there is data (see `data(from:)`).
    private let view: UInt
    /// What shows where nothing was written; nil for zeros.
    let background: (any MemoryBackground)?
    private let sealed = Atomic(false)
    private let pieces = Mutex<[Settling.Piece]>([])
    /// Where there is data. Only this store writes its file, so it knows.
    private let contents: Mutex<StoreContents>

    private static let page = UInt64(max(4096, sysconf(Int32(_SC_PAGESIZE))))

    public init(size: UInt64, background: (any MemoryBackground)? = nil) throws(Errno) {
        guard let length = Int(exactly: size) else { throw .fileTooLarge }
        let raw = clinux_memfd_create("fadumpfs-ram")
        guard raw >= 0 else { throw Errno(rawValue: errno) }
        descriptor = FileDescriptor(rawValue: raw)
        self.size = size
        self.background = background
        contents = Mutex(StoreContents(size: size, page: Self.page))
        guard ftruncate(raw, length) == 0 else {
            let failure = Errno(rawValue: errno)
            try? descriptor.close()
            throw failure
        }
        let flags = MAP_SHARED | MAP_NORESERVE
        guard let base = mmap(nil, max(length, 1), PROT_READ, flags, raw, 0), base != MAP_FAILED else {
            let failure = Errno(rawValue: errno)
            try? descriptor.close()
            throw failure
        }
        view = UInt(bitPattern: base)
    }

    deinit {
        munmap(UnsafeMutableRawPointer(bitPattern: view), max(Int(size), 1))
        try? descriptor.close()
    }

    /// Bytes of storage in use.
    public var allocated: UInt64 {
        var status = stat()
        guard fstat(descriptor.rawValue, &status) == 0 else { return 0 }
        return UInt64(status.st_blocks) * 512
    }

    /// Fills `buffer` with the bytes from `offset`; the caller keeps within `size`.
    public func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(Errno) {
        guard background != nil else { return try readFile(at: offset, into: buffer) }
        let end = offset + UInt64(buffer.count)
        var position = offset
        while position < end {
            let run = data(from: position)
            let start = min(run?.range.lowerBound ?? end, end)
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[Int(position - offset)...])
            if start > position {
                let hole = UnsafeMutableRawBufferPointer(rebasing: rest[..<Int(start - position)])
                hole.initializeMemory(as: UInt8.self, repeating: 0)
                position = start
            } else if let run {
                let count = Int(min(run.range.upperBound, end) - position)
                let part = UnsafeMutableRawBufferPointer(rebasing: rest[..<count])
                if run.isGenerated {
                    try generate(at: position, into: part)
                } else {
                    try readFile(at: position, into: part)
                }
                position += UInt64(count)
            }
        }
    }

    /// Stores `bytes` at `offset`; the caller keeps within `size`.
    public func write(at offset: UInt64, _ bytes: UnsafeRawBufferPointer) throws(Errno) {
        guard !bytes.isEmpty else { return }
        try keepBackground(around: offset..<(offset + UInt64(bytes.count)))
        try writeFile(at: offset, bytes)
    }

    /// Makes `count` bytes from `offset` read as zero and gives whole pages back to the host.
    /// A page of which a part stays, and which the background cannot give, reads as zero too.
    public func discard(at offset: UInt64, count: UInt64) {
        guard count > 0, offset <= size, count <= size - offset else { return }
        let range = offset..<(offset + count)
        do throws(Errno) {
            try keepBackground(around: range)
        } catch {
            let page = Self.page
            let whole = (offset & ~(page - 1))..<((range.upperBound + page - 1) & ~(page - 1))
            contents.withLock { $0.discard(whole, hides: true) }
        }
        contents.withLock { $0.discard(range, hides: background != nil) }
        _ = clinux_punch_hole(descriptor.rawValue, Int(offset), Int(count))
    }

    /// The next run of data at or after `offset`, or nil where only holes follow.
    func data(from offset: UInt64) -> StoreContents.Run? {
        contents.withLock { $0.next(from: offset, over: background) }
    }

    /// The same, but what the background shows is one run where it can be made up again, with the zeros in it.
    func contents(from offset: UInt64) -> StoreContents.Run? {
        guard offset < size, background?.origin(of: offset) != nil else { return data(from: offset) }
        return contents.withLock { $0.next(from: offset, over: UnbrokenBackground(size: size)) }
    }

    /// The stored bytes of `range` in place; valid while the store lives. Ask only for stored data.
    func bytesInPlace(_ range: Range<UInt64>) -> UnsafeRawBufferPointer {
        let start = UnsafeRawPointer(bitPattern: view &+ UInt(range.lowerBound))
        return UnsafeRawBufferPointer(start: start, count: Int(range.upperBound - range.lowerBound))
    }

    /// Fills `buffer` with what the background shows at `offset`.
    func generate(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(Errno) {
        try background?.fill(buffer, at: offset)
    }
}

// MARK: The end of writing, and of the bytes

extension MemoryStore {
    /// Whether nothing can be written any more.
    var isSealed: Bool { sealed.load(ordering: .acquiring) }

    /// What was written into the room between memory before it was sealed.
    var sealedPieces: [Settling.Piece] { pieces.withLock { $0 } }

    /// Refuses writes from now on, whoever makes them by whatever descriptor or mapping.
    func seal(with pieces: [Settling.Piece] = []) throws(Errno) {
        guard clinux_seal_writing(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
        self.pieces.withLock { $0 = pieces }
        sealed.store(true, ordering: .releasing)
    }

    /// Lets go of all bytes, for everybody: who still holds an image reads zeros, who holds the memory file finds it
    /// empty. The host has its memory back.
    func retire() {
        contents.withLock {
            $0.discard(0..<((size + Self.page - 1) & ~(Self.page - 1)), hides: background != nil)
        }
        // A reader that was told of data just before finds zeros in their place, and no end of the file.
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED
        mmap(UnsafeMutableRawPointer(bitPattern: view), max(Int(size), 1), PROT_READ, flags, -1, 0)
        _ = ftruncate(descriptor.rawValue, 0)
    }
}

// MARK: The file

extension MemoryStore {
    private func readFile(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(Errno) {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = pread(descriptor.rawValue, rest.baseAddress, rest.count, Int(offset) + done)
            if count < 0 {
                if errno == EINTR { continue }
                throw Errno(rawValue: errno)
            }
            if count == 0 { throw .ioError }
            done += count
        }
    }

    private func writeFile(at offset: UInt64, _ bytes: UnsafeRawBufferPointer) throws(Errno) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count = pwrite(descriptor.rawValue, rest.baseAddress, rest.count, Int(offset) + done)
            if count < 0 {
                if errno == EINTR { continue }
                throw Errno(rawValue: errno)
            }
            if count == 0 { throw .ioError }
            let start = offset + UInt64(done)
            contents.withLock { $0.store(start..<(start + UInt64(count))) }
            done += count
        }
    }

    /// Stores the pages of the background that `range` covers in part, so that their other bytes stay.
    private func keepBackground(around range: Range<UInt64>) throws(Errno) {
        guard background != nil else { return }
        let page = Self.page
        var edges: [UInt64] = []
        if range.lowerBound % page != 0 { edges.append(range.lowerBound & ~(page - 1)) }
        if range.upperBound % page != 0 { edges.append(range.upperBound & ~(page - 1)) }
        for start in edges where contents.withLock({ $0.showsBackground(at: start) }) {
            let buffer = UnsafeMutableRawBufferPointer.allocate(
                byteCount: Int(min(page, size - start)),
                alignment: 16
            )
            defer { buffer.deallocate() }
            try generate(at: start, into: buffer)
            try writeFile(at: start, UnsafeRawBufferPointer(buffer))
        }
    }
}
