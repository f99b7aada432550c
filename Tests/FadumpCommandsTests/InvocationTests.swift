import Testing

@testable import FadumpCommands

@Suite("How mount(8) calls the program")
struct InvocationTests {
    @Test(
        "calls of a helper become calls of mount",
        arguments: [
            (
                ["mount.fuse.fadumpfs", "big", "/mnt", "-o", "rw,cpus=3"],
                "mount --quiet --cpus=3 --name=big /mnt"
            ),
            (["/sbin/mount.fuse.fadumpfs", "none", "/mnt", "-v"], "mount --verbose /mnt"),
            (
                ["fadumpfs", "big", "/mnt", "-o", "rw,nosuid,allow_other,dev"],
                "mount --quiet --allow-other --name=big /mnt"
            ),
            (
                ["fadumpfs", "/etc/a.toml", "/mnt", "-o", "noauto,x-systemd.automount"],
                "mount --quiet --machine=/etc/a.toml /mnt"
            ),
            (
                [
                    "mount.fuse.fadumpfs", "a", "/mnt", "-sn", "-o", "\"memory-map=0-1G,2G-3G\",name=b", "-t",
                    "fuse",
                ],
                "mount --quiet --memory-map=0-1G,2G-3G --name=b /mnt"
            ),
        ]
    )
    func helper(call: [String], expected: String) {
        #expect(Invocation.arguments(call).dropFirst().joined(separator: " ") == expected)
    }

    @Test(
        "other calls stay as they are",
        arguments: [
            ["fadumpfs", "mount", "/mnt", "--name", "x"], ["fadumpfs"], ["fadumpfs", "--version"],
            ["fadumpfs", "vmcore", "-o", "file"], ["fadumpfs", "fly", "away"],
        ]
    )
    func verbs(call: [String]) { #expect(Invocation.arguments(call) == call) }
}
