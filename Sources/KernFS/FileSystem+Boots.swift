import Glibc
import Synchronization

/// Trees that come and go with a boot.
extension FileSystem {
    /// Puts up the tree of a boot in place of what was there.
    public func install(boot: UInt64, _ roots: [Node], passing: (any PassingNames)? = nil) {
        let now = Int64(time(nil))
        let over = tables.withLock { tables in
            tables.boot = boot
            for inode in tables.lasting.values { inode.state.withLock { $0.isDeclared = false } }
            let children = roots.map {
                Self.build($0, boot, in: root.number, path: "/" + $0.name, now, &tables)
            }
            root.state.withLock { state in
                state.node = .directory("", Conventions(), [], passing: passing)
                state.children = Children(children)
                state.isDeclared = true
            }
            return Self.forgetDead(&tables)
        }
        end(over)
    }

    /// Takes down what belongs to the boot; directories, empty, and permanent files stay.
    public func endBoot() {
        let over = tables.withLock { tables in
            tables.boot = nil
            for inode in tables.lasting.values {
                inode.state.withLock { $0.children = $0.children.lasting }
            }
            return Self.forgetDead(&tables)
        }
        end(over)
    }

    private func end(_ over: Over) {
        forget(over.remembered, open: Set(over.files.map { ObjectIdentifier($0.inode) }))
        for file in over.files { file.wake() }
    }

    private static func build(
        _ node: Node,
        _ boot: UInt64,
        in directory: UInt64,
        path: String,
        _ now: Int64,
        _ tables: inout Tables
    ) -> Inode {
        let identifier = tables.identifier(of: path)
        var children = Children()
        var lasts = node.isPermanent
        if case .directory(let nodes) = node.content {
            lasts = true
            children = Children(
                nodes.map {
                    build($0, boot, in: identifier, path: path + "/" + $0.name, now, &tables)
                }
            )
        }
        let known = lasts ? tables.lasting[identifier] : nil
        let inode =
            known
            ?? Inode(
                number: lasts ? identifier : boot << 32 | identifier,
                in: directory,
                boot: lasts ? nil : boot,
                node,
                time: now
            )
        inode.state.withLock { state in
            state.node = node
            state.children = children
            state.isDeclared = true
        }
        if lasts { tables.lasting[identifier] = inode }
        tables.inodes[inode.number] = inode
        return inode
    }

    /// What a tree leaves behind.
    private struct Over {
        /// Open files that just died.
        var files: [OpenFile]
        /// What somebody may remember as being there.
        var remembered: [Inode]
    }

    /// Drops inodes of earlier boots that nobody looks up any more.
    private static func forgetDead(_ tables: inout Tables) -> Over {
        let boot = tables.boot
        func isDead(_ inode: Inode) -> Bool { inode.boot.map { $0 != boot } ?? false }
        tables.inodes = tables.inodes.filter { _, inode in !isDead(inode) || inode.isKnown }
        return Over(
            files: tables.files.values.filter { isDead($0.inode) },
            remembered: tables.inodes.values.filter {
                $0.isKnown && $0.node.staysForBoot && (isDead($0) || $0.isLeftOut)
            }
        )
    }
}
