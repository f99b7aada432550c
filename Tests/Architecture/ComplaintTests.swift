import Testing

/// A house in which something is wrong is complained about, by name.
@Suite("What is wrong with a house is named")
struct ComplaintTests {
    /// Two rooms, one above the other, and all as it should be.
    private func house(
        page: String = "| `Upper` | - | Lower | Logging |\n| `Lower` | - | - | - |",
        manifest: String = """
        let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
        func room(_ name: String) -> Target { .target(name: name) }
        room("Lower", []), // "Upper"
        room("Upper", ["Lower", logging]),
        """,
        upper: Set<String> = ["Lower", "Logging", "Glibc"],
        lower: Set<String> = []
    ) throws -> House {
        House(
            rows: try Page.rows(of: "\(Page.heading)\n|---|---|---|---|\n\(page)\n\nMore text.\n"),
            manifest: Manifest(parsing: manifest),
            sources: ["Upper": upper, "Lower": lower]
        )
    }

    @Test("a room without a row, a row without a room")
    func rows() throws {
        let house = try house(page: "| `Upper` | - | Lower | Logging |\n| `Cellar` | - | - | - |")
        #expect(
            house.rowComplaints == [
                "Lower has sources, but no row in .github/ARCHITECTURE.md",
                ".github/ARCHITECTURE.md has a row for Cellar, but no room is there",
            ]
        )
    }

    @Test("an import that the page lacks, and one that only the page has")
    func imports() throws {
        let complaints = try house(upper: ["Lower", "Glibc"]).importComplaints
        #expect(
            complaints == [
                "Upper imports Glibc, which its row in .github/ARCHITECTURE.md lacks under 'outside'",
                ".github/ARCHITECTURE.md lists Logging under 'outside' of Upper, which never imports it",
            ]
        )
    }

    @Test("an import that is not declared, and a dependency that nothing imports")
    func dependencies() throws {
        #expect(try house().dependencyComplaints == [])
        #expect(
            try house(upper: ["Lower", "ArgumentParser"]).dependencyComplaints == [
                "Upper imports ArgumentParser, which Package.swift does not declare for it",
                "Package.swift declares Logging for Upper, which never imports it",
            ]
        )
    }

    @Test("a library of the system is declared by its name in pkg-config, or by its module map alone")
    func systemLibraries() throws {
        let declared = "room(\"Upper\", [\"Lower\", \"Logging\"]),\n"
        let named = declared + ".systemLibrary(name: \"Lower\", pkgConfig: \"fuse3\"),"
        #expect(try house(manifest: named, lower: ["fuse3"]).dependencyComplaints == [])
        #expect(
            try house(manifest: named, lower: ["z"]).dependencyComplaints == [
                "Lower imports z, which Package.swift does not declare for it"
            ]
        )
        let nameless = declared + ".systemLibrary(name: \"Lower\", providers: [.apt([\"zlib1g-dev\"])]),"
        #expect(try house(manifest: nameless, lower: ["z"]).dependencyComplaints == [])
    }

    @Test("an import upward")
    func upward() throws {
        #expect(try house().upwardComplaints == [])
        #expect(
            try house(lower: ["Upper"]).upwardComplaints == [
                "Lower imports Upper, which does not stand below it in .github/ARCHITECTURE.md"
            ]
        )
    }

    @Test("a wall that is crossed through another room, and a wall that names no room")
    func walls() throws {
        var house = try house()
        house.sources["Cellar"] = []
        house.sources["Lower"] = ["Cellar"]
        let wall = Wall(room: "Upper", mayNotReach: ["Cellar"], because: "it is dark there")
        #expect(
            house.complaints(about: wall) == [
                "Upper reaches Cellar (Upper > Lower > Cellar), but it is dark there"
            ]
        )
        house.sources["Cellar"] = nil
        #expect(house.complaints(about: wall) == ["the wall around Upper names Cellar, which is no room"])
    }

    @Test(
        "imports are recognised however they are written",
        arguments: [
            ("import KernFS", "KernFS"), ("@testable import Machine", "Machine"),
            ("    public import struct SystemPackage.Errno", "SystemPackage"),
            ("@preconcurrency internal import CFuse; import Glibc", "CFuse"), ("    link \"fuse3\"", "fuse3"),
            ("// import Machine", nil), ("let important = 1", nil), ("", nil),
        ] as [(String, String?)]
    )
    func importLine(_ line: String, _ module: String?) { #expect(ImportLine.module(line) == module) }
}
