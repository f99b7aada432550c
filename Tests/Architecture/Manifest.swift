/// What Package.swift declares of the rooms, read as text: a test cannot ask SwiftPM while SwiftPM runs it.
struct Manifest {
    /// The modules that each room's target depends on.
    private(set) var dependencies: [String: Set<String>] = [:]
    /// The targets that others may import.
    private(set) var libraries: Set<String> = []

    /// The libraries that a room's module map may link, as pkg-config names them.
    private(set) var linked: [String: Set<String>] = [:]
    /// The rooms that only stand for libraries of the system where a linker looks anyway: their module map alone names
    /// these.
    private(set) var namelessLibraries: Set<String> = []

    private let tokens: [ManifestToken]
    /// Names that stand for the product of a package, such as `system` for SystemPackage.
    private var products: [String: String] = [:]

    init(parsing source: String) {
        tokens = ManifestToken.tokens(of: source)
        for index in tokens.indices { readProduct(at: index) }
        for index in tokens.indices { readTarget(at: index) }
    }

    /// `let NAME: Target.Dependency = .product(name: "MODULE", ...)`
    private mutating func readProduct(at index: Int) {
        guard case .name("let") = tokens[index], case .name(let name)? = token(index + 1) else { return }
        let after = tokens[index...].prefix { $0 != .mark("(") }
        guard after.last == .name("product"), !after.dropFirst().contains(.name("let")) else { return }
        products[name] = firstText(from: after.endIndex)
    }

    /// `room("NAME", [...])`, `.target(name: "NAME", ...)`, `.executableTarget(...)` or `.systemLibrary(...)`.
    private mutating func readTarget(at index: Int) {
        guard case .name(let kind) = tokens[index],
            ["room", "target", "executableTarget", "systemLibrary"].contains(kind),
            token(index + 1) == .mark("(")
        else { return }
        let isNamed = token(index + 2) == .name("name")
        guard case .text(let name)? = token(index + (isNamed ? 4 : 2)) else { return }
        if ["room", "target"].contains(kind) { libraries.insert(name) }
        let arguments = tokens[(index + 1)..<end(ofGroupAt: index + 1, "(", ")")]
        dependencies[name] = modules(in: arguments, isRoom: kind == "room")
        if let label = arguments.firstIndex(of: .name("pkgConfig")), let library = firstText(from: label) {
            linked[name] = [library]
        } else if kind == "systemLibrary" {
            namelessLibraries.insert(name)
        }
    }

    /// The modules that a target's arguments depend on: a room's only list, or the one behind `dependencies:`.
    private func modules(in arguments: ArraySlice<ManifestToken>, isRoom: Bool) -> Set<String> {
        let label = isRoom ? arguments.startIndex : arguments.firstIndex(of: .name("dependencies"))
        guard let label, let start = arguments[label...].firstIndex(of: .mark("[")) else { return [] }
        var modules: Set<String> = []
        var isPackage = false
        for token in tokens[start..<end(ofGroupAt: start, "[", "]")] {
            switch token {
            case .text(let module):
                // Of .product(name: "MODULE", package: "PACKAGE") the package is no module.
                if !isPackage { modules.insert(module) }
                isPackage = false
            case .name("package"): isPackage = true
            case .name(let name): if let module = products[name] { modules.insert(module) }
            case .mark: break
            }
        }
        return modules
    }

    private func token(_ index: Int) -> ManifestToken? { index < tokens.count ? tokens[index] : nil }

    private func firstText(from index: Int) -> String? {
        for case .text(let text) in tokens[index...] { return text }
        return nil
    }

    /// The index behind the mark that closes the group opened at `start`.
    private func end(ofGroupAt start: Int, _ open: Character, _ close: Character) -> Int {
        var depth = 0
        for index in start..<tokens.count {
            if tokens[index] == .mark(open) { depth += 1 }
            if tokens[index] == .mark(close) { depth -= 1 }
            if depth == 0 { return index + 1 }
        }
        return tokens.count
    }
}
