/// Lays the machine's files over a tree of the host, so that both are there: the machine's where it has a name, the
/// host's everywhere else.
///
/// Where the host lacks a name, an overlay of placeholders makes room for it. An overlay cannot pass writes on, so that
/// the machine's files are bound over the placeholders one by one, and what was mounted below is bound anew.
///
/// An overlay of a user other than root cannot look into a directory below which others have mounted something, as most
/// hosts do in /sys/kernel. A directory of placeholders for everything takes its place, over which the host's are bound, too.
///
/// Source: `has_locked_children` in `clone_private_mount` (fs/namespace.c).
struct Graft {
    /// The machine's tree, and the host's; paths begin with /.
    var machine: any TreeFacts
    var host: any TreeFacts
    /// The prefix of all targets: the boot's root.
    var root: String
    /// A folder for placeholders, and a second view of the host's tree at which nothing is laid over.
    var scratch: String
    var view: String
    /// What is mounted in the host's tree, outer mounts first.
    var mounts: [String]
    /// Those cannot be taken apart: the boot is a user's.
    var areMountsLocked: Bool

    private(set) var steps: [MountStep] = []
    private var layers = 0

    init(
        machine: any TreeFacts,
        host: any TreeFacts,
        root: String,
        scratch: String,
        view: String,
        mounts: [String],
        areMountsLocked: Bool = false
    ) {
        self.machine = machine
        self.host = host
        self.root = root
        self.scratch = scratch
        self.view = view
        self.mounts = mounts
        self.areMountsLocked = areMountsLocked
    }

    /// Lays what is in the machine's directory over the host's of the same path.
    mutating func lay(_ path: String) {
        let names = machine.names(path)
        if names.contains(where: { needsRoom(path + "/" + $0) }) { makeRoom(path, names) }
        for name in names {
            let child = path + "/" + name
            switch machine.kind(child) {
            case .directory? where isShared(child): lay(child)
            case .directory?: bind(child)
            case .other?: bind(child)
            case .link?, nil: break
            }
        }
    }

    /// Whether a bind is not enough.
    private func needsRoom(_ child: String) -> Bool {
        switch (machine.kind(child), host.kind(child)) {
        case (nil, _), (.directory, .directory), (.other, .other): false
        default: true
        }
    }

    private mutating func makeRoom(_ path: String, _ names: [String]) {
        layers += 1
        let layer = "\(scratch)/layer\(layers)"
        steps.append(.directory(layer))
        for name in names { place(path + "/" + name, of: machine, at: layer + "/" + name) }
        if areMountsLocked, mounts.contains(where: { $0.hasPrefix(path + "/") }) {
            cover(path, by: layer)
        } else {
            steps.append(.overlay(lower: [layer, view + path], upper: nil, work: nil, at: root + path))
            bindMounts(below: path)
        }
    }

    /// Makes what a file or directory is later bound over; a link is made as it is.
    private mutating func place(_ child: String, of tree: any TreeFacts, at place: String) {
        switch tree.kind(child) {
        case .directory?: steps.append(.directory(place))
        case .other?: steps.append(.emptyFile(place))
        case .link?: steps.append(.link(place, target: tree.target(child)))
        case nil: break
        }
    }

    private mutating func bindMounts(below path: String) {
        var bound: [String] = []
        for mount in mounts
        where mount.hasPrefix(path + "/") && !bound.contains(where: { mount.hasPrefix($0) }) {
            bindAgain(mount)
            bound.append(mount + "/")
        }
    }

    /// Shows the placeholders, read-only as an overlay without changes is, and over them all that is the host's.
    private mutating func cover(_ path: String, by layer: String) {
        let children = host.names(path).map { path + "/" + $0 }
        let missing = children.filter { machine.kind($0) == nil }
        for child in missing { place(child, of: host, at: layer + child.dropFirst(path.count)) }
        steps += [.bind(from: layer, to: root + path, recursive: false), .readOnly(root + path)]
        for child in children where host.kind(child) != .link {
            if machine.kind(child) == nil || isShared(child) { bindAgain(child) }
        }
    }

    /// The host's file or directory, with what is mounted there.
    private mutating func bindAgain(_ child: String) {
        steps.append(.bind(from: view + child, to: root + child, recursive: true))
    }

    /// A directory in which both have something.
    private func isShared(_ child: String) -> Bool {
        machine.kind(child) == .directory && host.kind(child) == .directory && host.isReadable(child)
    }

    private mutating func bind(_ child: String) {
        steps.append(.bind(from: String(child.dropFirst()), to: root + child, recursive: false))
    }
}
