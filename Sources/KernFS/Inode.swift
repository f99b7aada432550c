import Synchronization
import SystemPackage

/// A file or directory of the live tree, for as long as somebody knows its number.
///
/// Directories and permanent files live for ever, everything else for one boot; what an inode of an earlier boot
/// answers follows from comparing two numbers.
final class Inode: Sendable {
    /// What changes while the inode lives.
    struct State {
        var node: Node
        var children = Children()
        /// Whether the tree that is up declares it; asked of what lives for ever.
        var isDeclared = true
        var changes = AttributeChanges()
        var time: Int64
        /// Extended attributes that somebody set.
        var trusted: [String: [UInt8]] = [:]
        /// How often the kernel looked it up and did not forget it yet.
        var lookups: UInt64 = 0
        /// The size when last asked: a file whose boot is over still has one.
        var lastSize: UInt64 = 0
    }

    let name: String
    let number: UInt64
    /// The number of the directory that it is in; the root is in itself.
    let directory: UInt64
    /// The boot it belongs to; nil for what stays.
    let boot: UInt64?
    /// It was found among passing names, and goes when nobody knows it any more.
    let isPassing: Bool
    let state: Mutex<State>

    init(
        number: UInt64,
        in directory: UInt64,
        boot: UInt64?,
        isPassing: Bool = false,
        _ node: Node,
        time: Int64
    ) {
        name = node.name
        self.number = number
        self.directory = directory
        self.isPassing = isPassing
        self.boot = boot
        state = Mutex(State(node: node, time: time))
    }

    var node: Node { state.withLock { $0.node } }

    /// Somebody looked it up and did not forget it.
    var isKnown: Bool { state.withLock { $0.lookups > 0 } }

    /// The tree that is up has none, though it lives on.
    var isLeftOut: Bool {
        state.withLock { state in
            if case .settled(false) = state.node.presence { return true }
            return !state.isDeclared
        }
    }

    var isDirectory: Bool { kind == .directory }

    var kind: FileAttributes.Kind {
        switch state.withLock({ $0.node.content }) {
        case .directory: .directory
        case .link: .link
        case .attribute, .blob, .log: .regular
        }
    }

    /// Its permission bits; asking for all attributes would make up the contents for their size.
    var mode: UInt16 { state.withLock { $0.changes.mode ?? $0.node.mode } }

    /// The child of this name that exists now.
    func child(named name: String) -> Inode? {
        let child = state.withLock { $0.children[name] }
        return child.flatMap { $0.node.isPresent ? $0 : nil }
    }

    /// Its children in the order of their declaration, also those that do not exist now.
    var children: [Inode] { state.withLock { $0.children.list } }

    func attributes(owner: Caller, isGone: Bool) -> FileAttributes {
        let (node, changes, time, children, lastSize) = state.withLock {
            ($0.node, $0.changes, $0.time, $0.children, $0.lastSize)
        }
        // What is gone keeps the size it had, for whoever still has it open.
        let size = isGone ? lastSize : changes.size ?? Self.size(of: node)
        state.withLock { $0.lastSize = size }
        let kind = kind
        return FileAttributes(
            number: number,
            kind: kind,
            mode: changes.mode ?? node.mode,
            uid: changes.uid ?? owner.uid,
            gid: changes.gid ?? owner.gid,
            linkCount: kind == .directory ? UInt32(2 + children.folders) : 1,
            size: size,
            blockSize: node.conventions.blockSize,
            time: time,
            mayBeRemembered: node.staysForBoot
        )
    }

    /// truncate(2): succeeds, and mostly changes nothing.
    func truncate(to size: UInt64) {
        state.withLock { state in
            if state.node.conventions.truncationSticks { state.changes.size = size }
        }
    }

    private static func size(of node: Node) -> UInt64 {
        switch node.content {
        case .directory: return 0
        // sysfs makes the text of a link when it is asked for it.
        case .link: return 0
        case .log(let log): return UInt64(log.count)
        case .blob(_, let size): return size()
        case .attribute(let show, _):
            switch node.conventions.size {
            case .fixed(let size): return size
            case .contents: return UInt64((try? show?().count) ?? 0)
            }
        }
    }
}
