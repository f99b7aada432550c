import Glibc
import Synchronization
import SystemPackage

/// A live tree of declared files: a pseudo file system that has never heard of what its files are about.
///
/// Directories and permanent files keep their inode numbers for ever. Everything else belongs to a boot and
/// carries it in its number; once the boot is over, reading, writing and polling it is ENODEV, while stat and close
/// go on working.
///
/// The lock guards the tables only; it is never held while a declaration's closures run.
public final class FileSystem: Sendable {
    public static let rootNumber: UInt64 = 1

    private struct Tables {
        /// The boot whose tree is up; nil while none is.
        var boot: UInt64?
        var inodes: [UInt64: Inode]
        /// Directories and permanent files by the number that their path has in every boot.
        var lasting: [UInt64: Inode]
        private var identifiers: [String: UInt64] = ["": FileSystem.rootNumber]
        var files: [UInt64: OpenFile] = [:]
        var lastFile: UInt64 = 0

        init(_ root: Inode) {
            inodes = [root.number: root]
            lasting = [root.number: root]
        }

        /// The number that a path has in every boot.
        mutating func identifier(of path: String) -> UInt64 {
            if let known = identifiers[path] { return known }
            let new = UInt64(identifiers.count) + 1
            identifiers[path] = new
            return new
        }
    }

    private let tables: Mutex<Tables>
    private let root: Inode
    let pageKeeper = Mutex<(@Sendable (UInt64) -> Void)?>(nil)
    let owner: Caller

    /// An empty tree whose files belong to `owner`.
    public init(owner: Caller = Caller(pid: getpid(), uid: geteuid(), gid: getegid())) {
        self.owner = owner
        let node = Node.directory("", Conventions(), [])
        let root = Inode(number: Self.rootNumber, boot: nil, node, time: Int64(time(nil)))
        self.root = root
        tables = Mutex(Tables(root))
    }

    // MARK: Boots

    /// Puts up the tree of a boot in place of what was there.
    public func install(boot: UInt64, _ roots: [Node], passing: (any PassingNames)? = nil) {
        let now = Int64(time(nil))
        let stale = tables.withLock { tables in
            tables.boot = boot
            let children = roots.map { Self.build($0, boot, path: "/" + $0.name, now, &tables) }
            root.state.withLock { state in
                state.node = .directory("", Conventions(), [], passing: passing)
                state.children = Children(children)
            }
            return Self.forgetDead(&tables)
        }
        for file in stale { file.wake() }
    }

    /// Takes down what belongs to the boot; directories, empty, and permanent files stay.
    public func endBoot() {
        let stale = tables.withLock { tables in
            tables.boot = nil
            for inode in tables.lasting.values {
                inode.state.withLock { $0.children = $0.children.lasting }
            }
            return Self.forgetDead(&tables)
        }
        for file in stale { file.wake() }
    }

    private static func build(
        _ node: Node,
        _ boot: UInt64,
        path: String,
        _ now: Int64,
        _ tables: inout Tables
    ) -> Inode {
        var children = Children()
        var lasts = node.isPermanent
        if case .directory(let nodes) = node.content {
            lasts = true
            children = Children(nodes.map { build($0, boot, path: path + "/" + $0.name, now, &tables) })
        }
        let identifier = tables.identifier(of: path)
        let known = lasts ? tables.lasting[identifier] : nil
        let inode =
            known
            ?? Inode(
                number: lasts ? identifier : boot << 32 | identifier,
                boot: lasts ? nil : boot,
                node,
                time: now
            )
        inode.state.withLock { state in
            state.node = node
            state.children = children
        }
        if lasts { tables.lasting[identifier] = inode }
        tables.inodes[inode.number] = inode
        return inode
    }

    /// Drops inodes of earlier boots that nobody looks up any more; returns the open files that just died.
    private static func forgetDead(_ tables: inout Tables) -> [OpenFile] {
        let boot = tables.boot
        func isDead(_ inode: Inode) -> Bool { inode.boot.map { $0 != boot } ?? false }
        tables.inodes = tables.inodes.filter { _, inode in
            !isDead(inode) || inode.state.withLock { $0.lookups > 0 }
        }
        return tables.files.values.filter { isDead($0.inode) }
    }

    // MARK: Numbers

    /// The inode of a name that passes. `isLookedUp` counts a lookup, so that the number is known from then on.
    func passing(_ name: String, _ node: Node, in parent: Inode, isLookedUp: Bool) -> Inode {
        tables.withLock { tables in
            let number = tables.identifier(of: "\(parent.number)/\(name)")
            let inode =
                tables.inodes[number]
                ?? Inode(number: number, boot: nil, isPassing: true, node, time: Int64(time(nil)))
            guard isLookedUp else { return inode }
            inode.state.withLock { state in
                state.node = node
                state.lookups += 1
            }
            tables.inodes[number] = inode
            return inode
        }
    }

    func inode(_ number: UInt64) throws(Errno) -> Inode {
        guard let inode = tables.withLock({ $0.inodes[number] }) else { throw .staleNFSFileHandle }
        return inode
    }

    func isDead(_ inode: Inode) -> Bool {
        guard let boot = inode.boot else { return false }
        return tables.withLock { $0.boot != boot }
    }

    func file(_ number: UInt64) throws(Errno) -> OpenFile {
        guard let file = tables.withLock({ $0.files[number] }) else { throw .badFileDescriptor }
        return file
    }

    func keep(_ file: OpenFile) -> UInt64 {
        tables.withLock { tables in
            tables.lastFile += 1
            tables.files[tables.lastFile] = file
            return tables.lastFile
        }
    }

    func drop(_ number: UInt64) -> OpenFile? {
        tables.withLock { $0.files.removeValue(forKey: number) }
    }

    /// The inode numbers of blobs that are open, mapped ones included.
    var openBlobs: Set<UInt64> {
        tables.withLock { tables in Set(tables.files.values.filter { $0.blob != nil }.map(\.inode.number)) }
    }

    /// Files that are open now.
    public var openFileCount: Int { tables.withLock { $0.files.count } }

    /// Takes back `count` of the lookups that the kernel counts.
    public func forget(_ number: UInt64, count: UInt64) {
        tables.withLock { tables in
            guard let inode = tables.inodes[number] else { return }
            let left = inode.state.withLock { state in
                state.lookups -= min(count, state.lookups)
                return state.lookups
            }
            let isOver = inode.boot.map { $0 != tables.boot } ?? inode.isPassing
            if left == 0, isOver { tables.inodes[number] = nil }
        }
    }
}
