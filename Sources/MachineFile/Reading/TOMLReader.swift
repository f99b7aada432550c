/// Reads TOML 1.0, and tells where everything stands.
///
/// Own code, because what there is for Swift does not tell where a value stands, and ends the program over malformed
/// text (assertions of toml++ 3.4 fail over `a = [}`), which a file that somebody wrote must never do. Arrays of tables are
/// refused: nothing in a machine file is one.
/// Source: toml.io, TOML v1.0.0.
struct TOMLReader {
    private(set) var members: [String: WrittenValue] = [:]
    /// Positions by key path, such as `["fault", "register"]`; of a table, that of its header.
    private(set) var positions: [[String]: EntryPosition] = [:]

    private var cursor: TOMLCursor
    /// How the tables that exist came to be: what may still be added to them depends on it.
    private var tables: [[String]: TableOrigin] = [:]

    private enum TableOrigin {
        /// `[a]`: keys below the header only.
        case header
        /// `a` of `[a.b]`: may get a header yet.
        case impliedByHeader
        /// `a` of `a.b = 1`: may get more such keys.
        case impliedByKey
    }

    /// Errors: the first thing that is no TOML.
    init(_ text: String) throws(TOMLError) {
        cursor = TOMLCursor(text)
        var table: [String] = []
        while true {
            try cursor.skipLines()
            guard let scalar = cursor.next else { return }
            if scalar == "[" {
                table = try readHeader()
            } else {
                try readEntry(in: table)
            }
            try cursor.endLine()
        }
    }

    private mutating func readHeader() throws(TOMLError) -> [String] {
        guard !cursor.starts(with: "[[") else {
            throw cursor.error("nothing in a machine file is a list of tables")
        }
        cursor.advance()
        cursor.skipBlanks()
        let position = cursor.position
        let start = cursor.index
        let path = try cursor.readKey()
        let entry = EntryPosition(key: position, value: position, valueText: cursor.text(from: start))
        cursor.skipBlanks()
        guard cursor.take("]") else { throw cursor.error("the name of a table ends with ']'") }
        switch tables[path] {
        case nil, .impliedByHeader: break
        case .header, .impliedByKey: throw twice(path, position)
        }
        for count in 1..<path.count {
            let prefix = Array(path[..<count])
            if positions[prefix] != nil, tables[prefix] == nil { throw twice(prefix, position) }
            if tables[prefix] == nil { tables[prefix] = .impliedByHeader }
        }
        guard positions[path] == nil || tables[path] != nil else { throw twice(path, position) }
        tables[path] = .header
        positions[path] = entry
        insert(.table([:]), at: path[...], &members)
        return path
    }

    private mutating func readEntry(in table: [String]) throws(TOMLError) {
        let position = cursor.position
        let key = try cursor.readKey()
        cursor.skipBlanks()
        guard cursor.take("=") else { throw cursor.error("a key is followed by '=' and a value") }
        cursor.skipBlanks()
        let path = table + key
        for count in (table.count + 1)..<max(table.count + 1, path.count) {
            let prefix = Array(path[..<count])
            guard tables[prefix] != .header, positions[prefix] == nil || tables[prefix] != nil else {
                throw twice(prefix, position)
            }
            tables[prefix] = .impliedByKey
        }
        guard positions[path] == nil, tables[path] == nil else { throw twice(path, position) }
        let place = cursor.position
        let start = cursor.index
        let value = try cursor.readValue()
        let written = cursor.text(from: start).prefix { !$0.isNewline }
        positions[path] = EntryPosition(key: position, value: place, valueText: String(written))
        insert(value, at: path[...], &members)
    }

    private func twice(_ path: [String], _ position: Position) -> TOMLError {
        let name = path.joined(separator: ".")
        let line = positions[path].map { " in line \($0.key.line)" } ?? ""
        return TOMLError(
            position: position,
            problem: "'\(name)' is there already\(line)",
            text: path.last ?? ""
        )
    }

    /// Puts a value to its place; a table that is there already keeps what it has.
    private func insert(
        _ value: WrittenValue,
        at path: ArraySlice<String>,
        _ members: inout [String: WrittenValue]
    ) {
        guard let key = path.first else { return }
        var inner: [String: WrittenValue] = [:]
        if case .table(let existing) = members[key] { inner = existing }
        if path.count > 1 {
            insert(value, at: path.dropFirst(), &inner)
            members[key] = .table(inner)
        } else if case .table(let new) = value, !inner.isEmpty {
            members[key] = .table(inner.merging(new) { old, _ in old })
        } else {
            members[key] = value
        }
    }
}
