extension FileSystem {
    /// Which inodes and open files there are.
    struct Tables {
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
}
