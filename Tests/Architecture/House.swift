/// The house as its three descriptions have it: the page, the manifest, and the sources themselves.
///
/// Each check returns what is wrong, a line each that names the room and the import; nothing wrong is an empty list.
struct House {
    var rows: [Row]
    var manifest: Manifest
    var sources: [String: Set<String>]

    /// Modules of the toolchain: imported without being declared.
    static let toolchain: Set<String> = ["Dispatch", "FoundationEssentials", "Glibc", "Synchronization"]

    private var rooms: [String] { sources.keys.sorted() }

    /// Every room has one row, and every row a room.
    var rowComplaints: [String] {
        let named = rows.map(\.room)
        return rooms.filter { !named.contains($0) }.map { "\($0) has sources, but no row in \(Page.path)" }
            + Set(named).subtracting(rooms).sorted().map {
                "\(Page.path) has a row for \($0), but no room is there"
            }
            + Set(named).filter { name in named.count { $0 == name } > 1 }.sorted()
            .map { "\($0) has more than one row in \(Page.path)" }
    }

    /// The page lists what the sources import, and nothing else.
    var importComplaints: [String] {
        rows.flatMap { row -> [String] in
            guard let imports = sources[row.room] else { return [] }
            let ours = imports.intersection(rooms)
            return Self.differences(row.room, ours, row.imports, column: "imports")
                + Self.differences(row.room, imports.subtracting(rooms), row.outside, column: "outside")
        }
    }

    private static func differences(
        _ room: String,
        _ imports: Set<String>,
        _ listed: Set<String>,
        column: String
    ) -> [String] {
        imports.subtracting(listed).sorted()
            .map { "\(room) imports \($0), which its row in \(Page.path) lacks under '\(column)'" }
            + listed.subtracting(imports).sorted()
            .map { "\(Page.path) lists \($0) under '\(column)' of \(room), which never imports it" }
    }

    /// Package.swift declares what the sources import, and nothing else.
    var dependencyComplaints: [String] {
        rooms.filter { !manifest.namelessLibraries.contains($0) }.flatMap { room -> [String] in
            guard let declared = manifest.dependencies[room] else {
                return ["Package.swift has no target \(room)"]
            }
            let given = Self.toolchain.union(manifest.linked[room, default: []])
            let imports = sources[room, default: []].subtracting(given)
            return imports.subtracting(declared).sorted()
                .map { "\(room) imports \($0), which Package.swift does not declare for it" }
                + declared.subtracting(imports).sorted()
                .map { "Package.swift declares \($0) for \(room), which never imports it" }
        }
    }

    /// A room imports only rooms that stand below it in the table.
    var upwardComplaints: [String] {
        rows.enumerated().flatMap { index, row -> [String] in
            let notBelow = Set(rows[...index].map(\.room))
            return sources[row.room, default: []].intersection(notBelow).sorted()
                .map { "\(row.room) imports \($0), which does not stand below it in \(Page.path)" }
        }
    }

    /// No wall is crossed, directly or through another room; and a wall names rooms, so that none falls unseen when a
    /// room gets another name.
    func complaints(about wall: Wall) -> [String] {
        let unknown = wall.mayNotReach.union([wall.room]).subtracting(rooms).sorted()
        return unknown.map { "the wall around \(wall.room) names \($0), which is no room" }
            + reach(of: wall.room).filter { wall.mayNotReach.contains($0.key) }.sorted { $0.key < $1.key }
            .map { "\(wall.room) reaches \($0.key) (\($0.value)), but \(wall.because)" }
    }

    /// Every room that `room` imports, directly or not, with the way to it.
    private func reach(of room: String) -> [String: String] {
        var ways: [String: String] = [:]
        var open = [(room, room)]
        while let (next, way) = open.popLast() {
            for imported in sources[next, default: []].intersection(rooms) where ways[imported] == nil {
                ways[imported] = "\(way) > \(imported)"
                open.append((imported, "\(way) > \(imported)"))
            }
        }
        return ways
    }

    /// Rooms that are values import nothing that has a clock, a lock or a descriptor.
    var valueComplaints: [String] {
        Wall.values.flatMap { room in
            sources[room, default: []].intersection(Wall.shellModules).sorted()
                .map { "\(room) imports \($0), but it is a value: that comes in as an argument" }
        }
    }
}
