/// What is in a directory: in the order of declaration, and by name. Directories of device trees have thousands of names.
struct Children: Sendable {
    let list: [Inode]
    /// How many of them are directories.
    let folders: Int
    /// Only where looking through the list would take longer than this takes to make.
    private let named: [String: Inode]?

    /// Of two children of one name, the first counts.
    init(_ list: [Inode] = []) {
        self.list = list
        folders = list.count { $0.isDirectory }
        named = list.count < 16 ? nil : Dictionary(list.lazy.map { ($0.name, $0) }) { first, _ in first }
    }

    subscript(_ name: String) -> Inode? {
        if let named { return named[name] }
        return list.first { $0.name == name }
    }

    /// Those that stay when the boot is over.
    var lasting: Children {
        list.allSatisfy { $0.boot == nil } ? self : Children(list.filter { $0.boot == nil })
    }
}

/// A name in a directory, as reading the directory tells it.
public struct DirectoryEntry: Sendable, Hashable {
    public var name: String
    public var number: UInt64
    public var kind: FileAttributes.Kind
    /// Where in the directory it stands: reading goes on with the one behind.
    public var position: Int
}
