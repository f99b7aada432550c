/// Who makes a request.
public struct Caller: Sendable, Hashable {
    public var pid: Int32
    public var uid: UInt32
    public var gid: UInt32

    public init(pid: Int32, uid: UInt32, gid: UInt32) {
        self.pid = pid
        self.uid = uid
        self.gid = gid
    }
}

/// How a file is opened.
public struct OpenMode: OptionSet, Sendable, Hashable {
    public var rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    public static let read = OpenMode(rawValue: 1)
    public static let write = OpenMode(rawValue: 2)
    /// O_DIRECT, which no kernel file takes.
    public static let direct = OpenMode(rawValue: 4)
    public static let truncate = OpenMode(rawValue: 8)
}

/// The events of poll(2).
public struct PollEvents: OptionSet, Sendable, Hashable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let readable = PollEvents(rawValue: 0x1)
    public static let priority = PollEvents(rawValue: 0x2)
    public static let writable = PollEvents(rawValue: 0x4)
    public static let error = PollEvents(rawValue: 0x8)
    public static let hangup = PollEvents(rawValue: 0x10)

    /// What a file answers that has no poll handler of its own.
    public static let always: PollEvents = [.readable, .writable]
}
