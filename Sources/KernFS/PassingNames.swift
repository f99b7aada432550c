/// Names in a directory that come and go by themselves, as those of processes in /proc do.
///
/// Nothing of them is kept but the number, for as long as somebody knows it.
public protocol PassingNames: Sendable {
    /// The names that a listing shows.
    func list() -> [String]

    /// The node of a name, which need not be listed; nil where there is none now. Only links and empty directories.
    func node(named name: String) -> Node?
}
