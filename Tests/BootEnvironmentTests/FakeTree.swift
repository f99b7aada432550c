@testable import BootEnvironment

/// A tree as a list of paths: those that end with / are directories, those with -> are links.
struct FakeTree: TreeFacts {
    private var kinds: [String: FileKind] = ["": .directory]
    private var targets: [String: String] = [:]
    private var secret: Set<String> = []

    init(_ paths: [String], unreadable: Set<String> = []) {
        secret = unreadable
        for path in paths {
            let words = path.split(separator: ">", maxSplits: 1).map(String.init)
            let isDirectory = path.hasSuffix("/")
            let name =
                words.count > 1 ? String(words[0].dropLast(1)) : isDirectory ? String(path.dropLast()) : path
            var parent = ""
            for part in name.split(separator: "/").dropLast() {
                parent += "/" + part
                kinds[parent] = .directory
            }
            kinds[name] = words.count > 1 ? .link : isDirectory ? .directory : .other
            targets[name] = words.count > 1 ? words[1] : nil
        }
    }

    func kind(_ path: String) -> FileKind? { kinds[path] }

    func names(_ path: String) -> [String] {
        kinds.keys.compactMap { name in
            guard name.hasPrefix(path + "/") else { return nil }
            let rest = name.dropFirst(path.count + 1)
            return rest.contains("/") || rest.isEmpty ? nil : String(rest)
        }.sorted()
    }

    func isReadable(_ path: String) -> Bool { !secret.contains(path) }

    func target(_ path: String) -> String { targets[path] ?? "" }
}
