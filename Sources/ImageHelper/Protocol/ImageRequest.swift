import BinaryCodec

/// What the daemon asks: 24 bytes, one at a time, each answered before the next.
struct ImageRequest: Hashable, Sendable {
    static let byteCount = 24

    enum Operation: UInt32, Sendable {
        /// The description into the window; the answer's first number is how many bytes are present.
        case describe = 1
        /// `count` bytes of memory from `address` on into the window.
        case fill = 2
        /// The next run of memory that is there: the answer's numbers are its start and end, 0 and 0 for none.
        case next = 3
    }

    var operation: Operation
    var count: UInt32 = 0
    var address: UInt64 = 0

    init(_ operation: Operation, address: UInt64 = 0, count: UInt32 = 0) {
        self.operation = operation
        self.address = address
        self.count = count
    }

    /// Errors: fewer than 24 bytes, an operation that there is not, more bytes than the window has.
    init(parsing bytes: [UInt8]) throws(BinaryError) {
        var reader = BinaryReader(bytes, .little)
        let word = try reader.u32("operation")
        guard let operation = Operation(rawValue: word) else {
            throw .invalid(field: "operation", offset: 0, found: "\(word)")
        }
        self.operation = operation
        count = try reader.u32("count")
        address = try reader.u64("address")
        try reader.skip(8, "reserved")
        guard count <= UInt32(ImageWindow.byteCount) else {
            throw .invalid(field: "count", offset: 4, found: "\(count)")
        }
    }

    /// Writes the 24 bytes in the writer's byte order, which is little-endian.
    func write(to writer: inout BinaryWriter) {
        writer.put(operation.rawValue)
        writer.put(count)
        writer.put(address)
        writer.put(UInt64(0))
    }
}

/// What the helper answers: 24 bytes; what is longer lies in the window.
struct ImageAnswer: Hashable, Sendable {
    static let byteCount = 24

    /// Whether the window holds what was asked for; else it holds a text that says why not.
    var isSuccess: Bool
    /// Bytes in the window.
    var count: UInt32
    var first: UInt64
    var second: UInt64

    init(isSuccess: Bool = true, count: UInt32 = 0, first: UInt64 = 0, second: UInt64 = 0) {
        self.isSuccess = isSuccess
        self.count = count
        self.first = first
        self.second = second
    }

    /// Errors: another number of bytes than 24, more bytes than the window has.
    init(parsing bytes: [UInt8]) throws(BinaryError) {
        var reader = BinaryReader(bytes, .little)
        isSuccess = try reader.u32("status") == 0
        count = try reader.u32("count")
        first = try reader.u64("first number")
        second = try reader.u64("second number")
        guard count <= UInt32(ImageWindow.byteCount) else {
            throw .invalid(field: "count", offset: 4, found: "\(count)")
        }
    }

    /// Writes the 24 bytes in the writer's byte order, which is little-endian.
    func write(to writer: inout BinaryWriter) {
        writer.put(UInt32(isSuccess ? 0 : 1))
        writer.put(count)
        writer.put(first)
        writer.put(second)
    }
}
