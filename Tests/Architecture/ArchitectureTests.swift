import Testing

/// The page, the manifest and the sources agree.
@Suite("The house is as .github/ARCHITECTURE.md says")
struct ArchitectureTests {
    private let house: House

    init() throws {
        house = House(
            rows: try Page.rows(of: Repository.text(Page.path)),
            manifest: Manifest(parsing: try Repository.text("Package.swift")),
            sources: try Repository.rooms()
        )
    }

    @Test("every room has a row, and every row a room")
    func rows() { #expect(house.rowComplaints == []) }

    @Test("the page lists what every room imports")
    func imports() { #expect(house.importComplaints == []) }

    @Test("Package.swift declares what every room imports")
    func dependencies() { #expect(house.dependencyComplaints == []) }

    @Test("nothing imports upward")
    func upward() { #expect(house.upwardComplaints == []) }

    @Test("no wall is crossed", arguments: Wall.all)
    func walls(_ wall: Wall) { #expect(house.complaints(about: wall) == []) }

    @Test("kernel, firmware and their like are values")
    func values() { #expect(house.valueComplaints == []) }

    @Test("every public target has a first page under its own name")
    func firstPages() throws {
        // C has its comments.
        let rooms = try house.manifest.libraries.intersection(Repository.roomsInSwift())
        #expect(!rooms.isEmpty)
        let complaints = rooms.sorted().compactMap { room in
            let path = "Sources/\(room)/\(room).docc/\(room).md"
            let page = (try? Repository.text(path)) ?? ""
            return page.hasPrefix("# ``\(room)``\n") ? nil : "\(room) has no page of its name at \(path)"
        }
        #expect(complaints == [])
    }
}

extension Wall: CustomTestStringConvertible {
    var testDescription: String { "around \(room)" }
}
