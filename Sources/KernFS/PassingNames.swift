/// Names in a directory that come and go by themselves, as those of processes in /proc do.
///
/// Nothing of them is kept but the number, for as long as somebody knows it.
public protocol PassingNames: Sendable {
    /// The names that a listing shows, in their order.
    func list() -> [PassingName]

    /// The node of a name, which need not be listed; nil where there is none now.
    func node(named name: String) -> Node?
}

/// A name in a listing, and where it stands: a listing in several pieces goes on behind where it was, whatever came or
/// went before that.
public struct PassingName: Sendable, Hashable {
    public var name: String
    /// From 0 on, the same for a name whatever others there are.
    public var order: Int

    public init(name: String, order: Int) {
        self.name = name
        self.order = order
    }
}
