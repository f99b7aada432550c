/// Large files whose contents change other than by being written to.
extension FileSystem {
    /// Whoever serves the tree tells how pages of files, by their inode numbers, are taken from those who mapped them.
    public func forgetsPages(_ body: @escaping @Sendable (UInt64) -> Void) {
        pageKeeper.withLock { $0 = body }
    }

    /// Of large files that are open nothing stays that was read of them before: it is read anew when this returned.
    public func forgetContents() {
        guard let forget = pageKeeper.withLock({ $0 }) else { return }
        for number in openBlobs { forget(number) }
    }
}
