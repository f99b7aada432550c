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

    /// When a file is there.
    public enum Presence: Sendable {
        /// For all of its boot, or never.
        case settled(Bool)
        /// As long as this says so.
        case asked(@Sendable () -> Bool)
    }

    let name: String
    let mode: UInt16
    let conventions: Conventions
    let content: Content
    let presence: Presence
    let isPermanent: Bool
    /// What else a directory holds, found out when somebody asks.
    let passing: (any PassingNames)?

    private init(
        name: String,
        mode: UInt16,
        conventions: Conventions,
        content: Content,
        presence: Presence,
        isPermanent: Bool = false,
        passing: (any PassingNames)? = nil
    ) {
        self.name = name
        self.mode = mode
        self.conventions = conventions
        self.content = content
        self.presence = presence
        self.isPermanent = isPermanent
        self.passing = passing
    }

    var isPresent: Bool {
        switch presence {
        case .settled(let isPresent): isPresent
        case .asked(let isPresent): isPresent()
        }
    }

    /// Whether what a lookup and stat(2) say of it may be remembered until the boot is over: a directory, or an attribute
    /// whose size never changes, and whose end is that size for whoever seeks to it.
    var staysForBoot: Bool {
        guard case .settled = presence else { return false }
        switch (content, conventions.size) {
        case (.directory, _): return conventions.directoriesStay
        case (.attribute, .fixed): return conventions.seeking == .bySize
        default: return false
        }
    }

    /// A directory and what is in it.
    public static func directory(
        _ name: String,
        mode: UInt16 = 0o755,
        _ conventions: Conventions,
        _ children: [Node],
        passing: (any PassingNames)? = nil,
        presence: Presence = .settled(true)
    ) -> Node {
        Node(
            name: name,
            mode: mode,
            conventions: conventions,
            content: .directory(children),
            presence: presence,
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
        presence: Presence = .settled(true)
    ) -> Node {
        Node(
            name: name,
            mode: mode,
            conventions: conventions,
            content: .attribute(show: show, store: store),
            presence: presence
        )
    }

    /// A large file; `open` is asked for every open file, `size` for stat(2).
    public static func blob(
        _ name: String,
        mode: UInt16,
        _ conventions: Conventions,
        open: @escaping @Sendable () throws(Errno) -> any Blob,
        size: @escaping @Sendable () -> UInt64,
        presence: Presence = .settled(true)
    ) -> Node {
        Node(
            name: name,
            mode: mode,
            conventions: conventions,
            content: .blob(open: open, size: size),
            presence: presence
        )
    }

    /// A growing text.
    public static func log(_ name: String, mode: UInt16, _ conventions: Conventions, _ log: ByteLog) -> Node {
        Node(name: name, mode: mode, conventions: conventions, content: .log(log), presence: .settled(true))
    }

    /// A symbolic link; `target` is never resolved here.
    public static func link(
        _ name: String,
        to target: String,
        _ conventions: Conventions = Conventions(),
        presence: Presence = .settled(true)
    ) -> Node {
        link(name, conventions, target: { _ in target }, presence: presence)
    }

    /// A symbolic link that points somewhere else for each reader.
    public static func link(
        _ name: String,
        _ conventions: Conventions = Conventions(),
        target: @escaping Target,
        presence: Presence = .settled(true)
    ) -> Node {
        Node(
            name: name,
            mode: 0o777,
            conventions: conventions,
            content: .link(target: target),
            presence: presence
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
            presence: presence,
            isPermanent: true,
            passing: passing
        )
    }
}
