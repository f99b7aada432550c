/// What a page of memory is used for, as dump tools tell pages apart.
public enum PageClass: UInt8, Sendable, Hashable, CaseIterable {
    /// The kernel's own: in every dump.
    case kernel
    /// The kernel's own, all zeros.
    case zero
    /// A page of a file, without data of the file system's own.
    case cache
    /// A page of a file with such data (PG_private).
    case privateCache
    /// A page of a process.
    case anonymous
    /// A page of the slab allocator: in every dump.
    case slab
    /// In no use; blocks of the buddy allocator.
    case free
}

extension PageClass {
    /// What `--fill` and reports call it.
    public var word: String {
        switch self {
        case .kernel, .zero, .cache, .slab, .free: String(describing: self)
        case .privateCache: "private"
        case .anonymous: "user"
        }
    }

    /// The bit of makedumpfile's dump level that leaves such pages out; 0 for pages that no level leaves out.
    ///
    /// Source: makedumpfile(8), -d.
    public var levelBit: UInt8 {
        switch self {
        case .kernel, .slab: 0
        case .zero: 1
        case .cache: 2
        case .privateCache: 4
        case .anonymous: 8
        case .free: 16
        }
    }

    /// Whether a tool that filters with this dump level may leave such a page out.
    ///
    /// Level 4 leaves out cache pages of both kinds.
    public func mayBeMissing(atLevel level: UInt8) -> Bool {
        self == .cache ? level & 6 != 0 : level & levelBit != 0
    }
}

/// How many pages there are of each class.
public struct PageCounts: Sendable, Hashable {
    private var numbers = [UInt64](repeating: 0, count: PageClass.allCases.count)

    public init() {}

    public subscript(_ pageClass: PageClass) -> UInt64 {
        get { numbers[Int(pageClass.rawValue)] }
        set { numbers[Int(pageClass.rawValue)] = newValue }
    }

    /// All pages.
    public var total: UInt64 { numbers.reduce(0, &+) }

    public static func += (counts: inout Self, more: Self) {
        for pageClass in PageClass.allCases { counts[pageClass] &+= more[pageClass] }
    }
}
