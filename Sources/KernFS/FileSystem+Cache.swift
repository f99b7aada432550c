import SystemPackage

/// Where what a tree said is remembered, which is the kernel, and how that is taken back.
///
/// It is told with the tree in its new state, and may not return before the old one is forgotten.
public protocol TreeCache: Sendable {
    /// What was read or mapped of a large file, by its inode number.
    func forgetPages(of number: UInt64)

    /// What stat(2) said of a file or directory. Its name may be known on: who goes by it asks for the attributes again,
    /// or opens it, and is told ESTALE if it is gone.
    func forgetAttributes(of number: UInt64)

    /// A name in the directory with this number. May wait for lookups in that directory.
    func forgetName(_ name: String, in directory: UInt64)
}

extension FileSystem {
    /// Whoever serves the tree names its cache; without one, nothing is remembered.
    public func isCached(by cache: any TreeCache) { self.cache.withLock { $0 = cache } }

    /// Of large files that are open nothing stays that was read of them before: it is read anew when this returned.
    public func forgetContents() {
        guard let cache = cache.withLock({ $0 }) else { return }
        for number in openBlobs { cache.forgetPages(of: number) }
    }

    /// Takes back what was said of files of another tree than the one that is up.
    ///
    /// Of those that somebody has open the attributes are known on, to whoever asks: their names are taken back as well.
    func forget(_ inodes: [Inode], open: Set<ObjectIdentifier>) {
        guard let cache = cache.withLock({ $0 }) else { return }
        for inode in inodes {
            if open.contains(ObjectIdentifier(inode)) { cache.forgetName(inode.name, in: inode.directory) }
            cache.forgetAttributes(of: inode.number)
        }
    }

    /// Fails with ESTALE for what is no part of the tree any more, unless somebody has it open: the kernel asks by a
    /// number that it remembers, and looks for the name again when it hears this.
    ///
    /// Source: `retry_estale` (include/linux/namei.h), `do_filp_open` (fs/namei.c).
    func checkIsThere(_ inode: Inode) throws(Errno) {
        if isGone(inode), !isOpen(inode) { throw .staleNFSFileHandle }
    }
}
