import SystemPackage

/// What goes by names and numbers: looking up, listing, stat, links, and the refusals of what a kernel's tree does
/// not do.
extension FileSystem {
    /// Finds a name and counts the lookup.
    public func lookup(_ parent: UInt64, _ name: String) throws(Errno) -> FileAttributes {
        let directory = try inode(parent)
        if let child = directory.child(named: name), !isDead(child) {
            child.state.withLock { $0.lookups += 1 }
            return child.attributes(owner: owner, isGone: false)
        }
        guard let node = directory.node.passing?.node(named: name) else { throw .noSuchFileOrDirectory }
        return passing(name, node, in: directory, isLookedUp: true).attributes(owner: owner, isGone: false)
    }

    /// What stat(2) says. Errors: ESTALE for a number that nobody knows any more, or that is no part of the tree any more
    /// and not open.
    public func attributes(_ number: UInt64) throws(Errno) -> FileAttributes {
        let inode = try inode(number)
        try checkIsThere(inode)
        return inode.attributes(owner: owner, isGone: isGone(inode))
    }

    /// What fstat(2) says of an open file, whatever became of its boot.
    public func attributes(ofOpen number: UInt64) throws(Errno) -> FileAttributes {
        let inode = try file(number).inode
        return inode.attributes(owner: owner, isGone: isGone(inode))
    }

    /// Changes mode and owner; they last as long as the inode.
    public func change(_ number: UInt64, _ changes: AttributeChanges) throws(Errno) -> FileAttributes {
        let inode = try inode(number)
        try checkIsThere(inode)
        if let size = changes.size { inode.truncate(to: size) }
        inode.state.withLock { state in
            if let mode = changes.mode { state.changes.mode = mode & 0o7777 }
            if let uid = changes.uid { state.changes.uid = uid }
            if let gid = changes.gid { state.changes.gid = gid }
        }
        return try attributes(number)
    }

    /// Where a symbolic link points for `caller`, which is the owner of the tree where nobody is named. Errors: EINVAL
    /// for anything else.
    public func readLink(_ number: UInt64, _ caller: Caller? = nil) throws(Errno) -> String {
        guard case .link(let target) = try inode(number).node.content else { throw .invalidArgument }
        return try target(caller ?? owner)
    }

    /// The names in a directory, in the order of their declaration.
    public func list(_ number: UInt64) throws(Errno) -> [DirectoryEntry] {
        var entries: [DirectoryEntry] = []
        try list(number, from: 0) { entry in
            entries.append(entry)
            return true
        }
        return entries
    }

    /// Hands out the names from a position on, until `body` has enough. Errors: ENOTDIR.
    public func list(
        _ number: UInt64,
        from position: Int,
        _ body: (DirectoryEntry) -> Bool
    ) throws(Errno) {
        let directory = try inode(number)
        guard directory.isDirectory else { throw .notDirectory }
        let children = directory.children
        func tell(_ child: Inode, _ position: Int) -> Bool {
            body(DirectoryEntry(name: child.name, number: child.number, kind: child.kind, position: position))
        }
        for position in children.indices.dropFirst(position) where children[position].node.isPresent {
            guard tell(children[position], position) else { return }
        }
        guard let names = directory.node.passing else { return }
        for name in names.list() where name.order >= position - children.count {
            guard let node = names.node(named: name.name) else { continue }
            let child = passing(name.name, node, in: directory, isLookedUp: false)
            guard tell(child, children.count + name.order) else { return }
        }
    }

    /// The number at the end of a path below the root, for tests that use the tree in process.
    public func resolve(_ path: String) throws(Errno) -> UInt64 {
        var number = Self.rootNumber
        for name in path.split(separator: "/") {
            guard let child = try inode(number).child(named: String(name)) else {
                throw .noSuchFileOrDirectory
            }
            number = child.number
        }
        return number
    }

    /// Why a regular file cannot be made in a directory.
    public func refusalToCreate(in parent: UInt64) -> Errno {
        (try? inode(parent).node.conventions.create) ?? .noSuchFileOrDirectory
    }

    /// Why no other name can be made in a directory.
    public func refusalToName(in parent: UInt64) -> Errno {
        (try? inode(parent).node.conventions.newName) ?? .noSuchFileOrDirectory
    }

    /// Why a name cannot be taken out of a directory.
    public func refusalToRemove(_ name: String, from parent: UInt64) -> Errno {
        guard let directory = try? inode(parent) else { return .noSuchFileOrDirectory }
        return directory.child(named: name) == nil
            ? .noSuchFileOrDirectory : directory.node.conventions.remove
    }
}
