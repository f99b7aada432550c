/// Lays the machine's files over a tree of the host, so that both are there: the machine's where it has a name, the
/// host's everywhere else.
///
/// Where the host lacks a name, an overlay of placeholders makes room for it. An overlay cannot pass writes on, so that
/// the machine's files are bound over the placeholders one by one, and what was mounted below is bound anew.
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

    private(set) var steps: [MountStep] = []
    private var layers = 0

    init(
        machine: any TreeFacts,
        host: any TreeFacts,
        root: String,
        scratch: String,
        view: String,
        mounts: [String]
    ) {
        self.machine = machine
        self.host = host
        self.root = root
        self.scratch = scratch
        self.view = view
        self.mounts = mounts
    }

    /// Lays what is in the machine's directory over the host's of the same path.
    mutating func lay(_ path: String) {
        let names = machine.names(path)
        if names.contains(where: { needsRoom(path + "/" + $0) }) { makeRoom(path, names) }
        for name in names {
            let child = path + "/" + name
            switch machine.kind(child) {
            case .directory? where host.kind(child) == .directory && host.isReadable(child): lay(child)
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
        for name in names {
            let place = layer + "/" + name
            switch machine.kind(path + "/" + name) {
            case .directory?: steps.append(.directory(place))
            case .other?: steps.append(.emptyFile(place))
            case .link?: steps.append(.link(place, target: machine.target(path + "/" + name)))
            case nil: break
            }
        }
        steps.append(.overlay(lower: [layer, view + path], upper: nil, work: nil, at: root + path))
        var bound: [String] = []
        for mount in mounts
        where mount.hasPrefix(path + "/") && !bound.contains(where: { mount.hasPrefix($0) }) {
            steps.append(.bind(from: view + mount, to: root + mount, recursive: true))
            bound.append(mount + "/")
        }
    }

    private mutating func bind(_ child: String) {
        steps.append(.bind(from: String(child.dropFirst()), to: root + child, recursive: false))
    }
}
