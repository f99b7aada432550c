import SystemPackage

/// Extended attributes, as far as the kernel's file systems have them: sysfs keeps `trusted.*` since it stands on
/// kernfs, and nothing keeps others.
///
/// Reading a single one is left out: a transport that answers that is asked for `security.capability` at every write.
extension FileSystem {
    private static let kept = "trusted."

    /// setxattr(2). Who may set such attributes is the caller's affair.
    ///
    /// Errors: what the file system answers for attributes that it does not keep.
    public func setExtendedAttribute(
        _ number: UInt64,
        _ name: String,
        _ value: [UInt8]
    ) throws(Errno) {
        let inode = try inode(number)
        let conventions = inode.node.conventions
        guard conventions.keepsTrustedAttributes, name.hasPrefix(Self.kept) else {
            throw conventions.extendedAttribute
        }
        inode.state.withLock { $0.trusted[name] = value }
    }

    /// removexattr(2). Errors: `.noData` for one that is not there.
    public func removeExtendedAttribute(_ number: UInt64, _ name: String) throws(Errno) {
        let inode = try inode(number)
        let conventions = inode.node.conventions
        guard conventions.keepsTrustedAttributes, name.hasPrefix(Self.kept) else {
            throw conventions.extendedAttribute
        }
        guard inode.state.withLock({ $0.trusted.removeValue(forKey: name) }) != nil else { throw .noData }
    }

    /// listxattr(2): the names, each with a NUL behind it. `trusted.*` is for root alone.
    public func extendedAttributes(_ number: UInt64, caller: Caller) throws(Errno) -> [UInt8] {
        guard caller.uid == 0 else { return [] }
        let names = try inode(number).state.withLock { $0.trusted.keys.sorted() }
        return names.flatMap { Array($0.utf8) + [0] }
    }
}
