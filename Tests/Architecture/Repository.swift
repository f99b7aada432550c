import FoundationEssentials

/// The files of this repository, by paths from its root.
enum Repository {
    static let root: Substring = {
        let folders = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return Substring(folders.dropLast(3).joined(separator: "/"))
    }()

    /// Something that should be there is not.
    struct Missing: Error, CustomStringConvertible {
        var description: String
    }

    static func text(_ path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: "\(root)/\(path)") else {
            throw Missing(description: "cannot read \(path)")
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// Every file below `folder` with one of these endings.
    static func files(below folder: String, endings: [String]) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")
            .filter { path in endings.contains { path.hasSuffix($0) } }
            .map { "\(folder)/\($0)" }
    }

    /// The rooms that are written in Swift.
    static func roomsInSwift() throws -> Set<String> {
        Set(try files(below: "Sources", endings: [".swift"]).map(room))
    }

    private static func room(of path: String) -> String { String(path.split(separator: "/")[1]) }

    /// The rooms that have sources, each with what these import.
    static func rooms() throws -> [String: Set<String>] {
        var rooms: [String: Set<String>] = [:]
        for path in try files(below: "Sources", endings: [".swift", ".c", ".h", ".modulemap"]) {
            let lines = try text(path).split(whereSeparator: \.isNewline)
            rooms[room(of: path), default: []].formUnion(lines.compactMap(ImportLine.module))
        }
        return rooms
    }
}
