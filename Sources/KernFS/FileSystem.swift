import Glibc
import Synchronization
import SystemPackage

/// A live tree of declared files: a pseudo file system that has never heard of what its files are about.
///
/// Directories and permanent files keep their inode numbers for ever. Everything else belongs to a boot and
/// carries it in its number; once the boot is over, reading, writing and polling an open file is ENODEV, while stat and
/// close go on working. Where nobody has it open the number is stale, and its name is looked up again.
///
/// The lock guards the tables only; it is never held while a declaration's closures run.
public final class FileSystem: Sendable {
    public static let rootNumber: UInt64 = 1

    let tables: Mutex<Tables>
    let root: Inode
    let cache = Mutex<(any TreeCache)?>(nil)
    let owner: Caller

    /// An empty tree whose files belong to `owner`.
    public init(owner: Caller = Caller(pid: getpid(), uid: geteuid(), gid: getegid())) {
        self.owner = owner
        let node = Node.directory("", Conventions(), [])
        let root = Inode(
            number: Self.rootNumber,
            in: Self.rootNumber,
            boot: nil,
            node,
            time: Int64(time(nil))
        )
        self.root = root
        tables = Mutex(Tables(root))
    }

    /// The inode of a name that passes. `isLookedUp` counts a lookup, so that the number is known from then on.
    func passing(_ name: String, _ node: Node, in parent: Inode, isLookedUp: Bool) -> Inode {
        tables.withLock { tables in
            let number = tables.identifier(of: "\(parent.number)/\(name)")
            let inode =
                tables.inodes[number]
                ?? Inode(
                    number: number,
                    in: parent.number,
                    boot: nil,
                    isPassing: true,
                    node,
                    time: Int64(time(nil))
                )
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

    /// Whether an inode is no part of the tree that is up.
    func isGone(_ inode: Inode) -> Bool {
        // Not while a tree is put up, when directories are out of it for a moment.
        let isOut = tables.withLock { tables in inode.boot.map { $0 != tables.boot } ?? inode.isLeftOut }
        return isOut || !inode.node.isPresent
    }

    func isOpen(_ inode: Inode) -> Bool {
        tables.withLock { tables in tables.files.values.contains { $0.inode === inode } }
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
