import Foundation
import Glibc
import KernFS
import Synchronization
import Testing

/// What the kernel remembers of a real mount, when the tree behind it becomes another one.
@Suite(
    "Remembered names",
    .enabled(if: MountedTree.canMount, "needs /dev/fuse and the right to mount"),
    .serialized
)
struct RememberedNamesTests {
    private static func nodes(boot: UInt64, has: Bool) -> [Node] {
        let text = Array("\(boot)".utf8)
        let files = MountedTree.sysfs
        return [
            .directory(
                "kernel",
                files,
                [
                    .attribute("always", mode: 0o444, files, show: { text }, store: nil),
                    .attribute(
                        "sometimes",
                        mode: has ? 0o444 : 0o400,
                        files,
                        show: { text },
                        store: nil,
                        presence: .settled(has)
                    ),
                    .directory(
                        "folder",
                        files,
                        [.attribute("file", mode: 0o444, files, show: { text }, store: nil)],
                        presence: .settled(has)
                    ),
                ]
            )
        ]
    }

    /// What differs from what a boot must show; everything is asked for in each way that there is.
    private static func wrong(_ tree: MountedTree, boot: UInt64, has: Bool) -> [String] {
        var wrong: [String] = []
        for name in ["always", "sometimes", "folder", "folder/file"] {
            let path = tree.path + "/kernel/" + name
            let isThere = has || name == "always"
            var status = stat()
            let ways = [
                "stat": stat(path, &status) == 0, "access": access(path, R_OK) == 0,
                "open": openAndClose(path),
            ]
            for (way, found) in ways where found != isThere { wrong.append("\(way) \(name): \(found)") }
            if isThere, name != "folder" {
                if tree.read("kernel/" + name) != "\(boot)" { wrong.append("read \(name)") }
                if status.st_ino >> 32 != boot { wrong.append("number of \(name)") }
            }
        }
        return wrong
    }

    private static func openAndClose(_ path: String) -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        close(file)
        return true
    }

    @Test("as soon as another boot is up, each name is what it is there, however often it was used before")
    func boots() throws {
        let tree = try MountedTree(Self.nodes(boot: 1, has: true))
        defer { tree.end() }
        var held: [Int32] = []
        defer { for file in held { close(file) } }
        for boot in UInt64(2)...200 {
            let has = boot.isMultiple(of: 2)
            // Some of what goes is open.
            if boot.isMultiple(of: 5) {
                held.append(open(tree.path + "/kernel/sometimes", O_RDONLY | O_CLOEXEC))
            }
            if boot.isMultiple(of: 3) { tree.files.endBoot() }
            tree.files.install(boot: boot, Self.nodes(boot: boot, has: has))
            // Once for what was remembered, once for what is remembered now.
            for _ in 0..<2 { #expect(Self.wrong(tree, boot: boot, has: has) == []) }
        }
    }

    @Test("so it is while others use the names, but for a tick of the kernel's clock at most")
    func underLoad() throws {
        let tree = try MountedTree(Self.nodes(boot: 1, has: true))
        defer { tree.end() }
        let isOver = Mutex(false)
        let users = DispatchGroup()
        for _ in 0..<3 {
            users.enter()
            Thread.detachNewThread {
                while !isOver.withLock({ $0 }) {
                    let file = open(tree.path + "/kernel/sometimes", O_RDONLY | O_CLOEXEC)
                    _ = Self.wrong(tree, boot: 0, has: true)
                    if file >= 0 { close(file) }
                }
                users.leave()
            }
        }
        for boot in UInt64(2)...100 {
            let has = boot.isMultiple(of: 2)
            tree.files.install(boot: boot, Self.nodes(boot: boot, has: has))
            if !Self.wrong(tree, boot: boot, has: has).isEmpty {
                usleep(10_000)
                #expect(Self.wrong(tree, boot: boot, has: has) == [])
            }
        }
        isOver.withLock { $0 = true }
        #expect(users.wait(timeout: .now() + .seconds(20)) == .success)
    }

    @Test("a descriptor of an earlier boot keeps its stat, and reads ENODEV; its name is the new file")
    func descriptor() throws {
        let tree = try MountedTree(Self.nodes(boot: 1, has: true))
        defer { tree.end() }
        let path = tree.path + "/kernel/sometimes"
        let file = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        tree.files.install(boot: 2, Self.nodes(boot: 2, has: false))
        var status = stat()
        #expect(fstat(file, &status) == 0)
        #expect(status.st_ino >> 32 == 1)
        var byte: UInt8 = 0
        #expect(pread(file, &byte, 1, 0) == -1)
        #expect(errno == ENODEV)
        #expect(Self.wrong(tree, boot: 2, has: false) == [])
        tree.files.install(boot: 3, Self.nodes(boot: 3, has: true))
        #expect(Self.wrong(tree, boot: 3, has: true) == [])
        #expect(fstat(file, &status) == 0)
        #expect(status.st_ino >> 32 == 1)
    }
}
