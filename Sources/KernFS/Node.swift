import SystemPackage

/// The declaration of a file or directory: a tree is one literal. A reference, because every request looks at some.
public final class Node: Sendable {
    public typealias Show = @Sendable () throws(Errno) -> [UInt8]
    public typealias Store = @Sendable (StoreRequest) -> Void
    /// Where a link points for whoever reads it.
    public typealias Target = @Sendable (Caller) throws(Errno) -> String

    enum Content: Sendable {
        case directory([Node])
        case attribute(show: Show?, store: Store?)
        case blob(open: @Sendable () throws(Errno) -> any Blob, size: @Sendable () -> UInt64)
        case log(ByteLog)
        case link(target: Target)
    }

    let name: String
    let mode: UInt16
    let conventions: Conventions
    let content: Content
    let isPresent: @Sendable () -> Bool
    let isPermanent: Bool
    /// What else a directory holds, found out when somebody asks.
    let passing: (any PassingNames)?

    private init(
        name: String,
        mode: UInt16,
        conventions: Conventions,
        content: Content,
        isPresent: @escaping @Sendable () -> Bool,
        isPermanent: Bool = false,
        passing: (any PassingNames)? = nil
    ) {
        self.name = name
        self.mode = mode
        self.conventions = conventions
        self.content = content
        self.isPresent = isPresent
        self.isPermanent = isPermanent
        self.passing = passing
    }

    /// An attribute whose size never changes, and whose end is that size for whoever seeks to it.
    var hasFixedSize: Bool {
        guard case .attribute = content, case .fixed = conventions.size else { return false }
        return conventions.seeking == .bySize
    }

    /// A directory and what is in it.
    public static func directory(
        _ name: String,
        mode: UInt16 = 0o755,
        _ conventions: Conventions,
        _ children: [Node],
        passing: (any PassingNames)? = nil,
        isPresent: @escaping @Sendable () -> Bool = { true }
    ) -> Node {
        Node(
            name: name,
            mode: mode,
            conventions: conventions,
            content: .directory(children),
            isPresent: isPresent,
            passing: passing
        )
    }

    /// A small file that shows and stores a value.
    public static func attribute(
        _ name: String,
        mode: UInt16,
        _ conventions: Conventions,
        show: Show?,
        store: Store?,
        isPresent: @escaping @Sendable () -> Bool = { true }
    ) -> Node {
        Node(
            name: name,
            mode: mode,
            conventions: conventions,
            content: .attribute(show: show, store: store),
            isPresent: isPresent
        )
    }

    /// A large file; `open` is asked for every open file, `size` for stat(2).
    public static func blob(
        _ name: String,
        mode: UInt16,
        _ conventions: Conventions,
        open: @escaping @Sendable () throws(Errno) -> any Blob,
        size: @escaping @Sendable () -> UInt64,
        isPresent: @escaping @Sendable () -> Bool = { true }
    ) -> Node {
        Node(
            name: name,
            mode: mode,
            conventions: conventions,
            content: .blob(open: open, size: size),
            isPresent: isPresent
        )
    }

    /// A growing text.
    public static func log(_ name: String, mode: UInt16, _ conventions: Conventions, _ log: ByteLog) -> Node {
        Node(name: name, mode: mode, conventions: conventions, content: .log(log), isPresent: { true })
    }

    /// A symbolic link; `target` is never resolved here.
    public static func link(
        _ name: String,
        to target: String,
        _ conventions: Conventions = Conventions(),
        isPresent: @escaping @Sendable () -> Bool = { true }
    ) -> Node {
        link(name, conventions, target: { _ in target }, isPresent: isPresent)
    }

    /// A symbolic link that points somewhere else for each reader.
    public static func link(
        _ name: String,
        _ conventions: Conventions = Conventions(),
        target: @escaping Target,
        isPresent: @escaping @Sendable () -> Bool = { true }
    ) -> Node {
        Node(
            name: name,
            mode: 0o777,
            conventions: conventions,
            content: .link(target: target),
            isPresent: isPresent
        )
    }

    /// The same with everything below it, for files that outlive a boot.
    public func permanent() -> Node {
        var content = content
        if case .directory(let children) = content { content = .directory(children.map { $0.permanent() }) }
        return Node(
            name: name,
            mode: mode,
            conventions: conventions,
            content: content,
            isPresent: isPresent,
            isPermanent: true,
            passing: passing
        )
    }
}
