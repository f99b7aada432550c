import ArgumentParser
import FadumpCommands
import Testing

@Suite("The command line")
struct CommandLineTests {
    /// What a person is told about these arguments.
    private func complaint(_ arguments: [String]) -> String? {
        do {
            var command = try FadumpCommand.parseAsRoot(arguments)
            // Asking for help is a command of its own; every other one would really be carried out.
            if arguments.contains("--help") { try command.run() }
            return nil
        } catch {
            return FadumpCommand.fullMessage(for: error)
        }
    }

    @Test(
        "every verb teaches with --help",
        arguments: ["mount", "unmount", "list", "status", "crash", "reboot", "dmesg", "kexec-load"]
    )
    func help(verb: String) throws {
        let text = try #require(complaint([verb, "--help"]))
        #expect(text.contains("OVERVIEW"))
        #expect(text.contains("USAGE: fadumpfs \(verb)"))
    }

    @Test("the options of the design document's machine are the defaults")
    func defaults() throws {
        let text = try #require(complaint(["mount", "--help"]))
        for expected in [
            "default: 2G", "default: 64K", "default: 256M", "default: rfc-v7", "default: fadump=on",
        ] {
            #expect(text.contains(expected))
        }
    }

    @Test(
        "good arguments are taken",
        arguments: [
            ["mount", "/x", "--memory", "64T", "--cpu", "power7", "--max-cpus", "2048"],
            ["mount", "/x", "--memory-map", "0-256M,1G-2G", "--kernel", "linux-3.4", "--page-size", "4K"],
            ["mount", "/x", "--fault", "register=-2*3,dump-section=short:0x1000"],
            ["crash", "--kind", "system-reset", "--cpu", "1", "some", "words"], ["unmount", "--name", "x"],
        ]
    )
    func good(arguments: [String]) { #expect(complaint(arguments) == nil) }

    @Test(
        "bad arguments are refused with what was wrong",
        arguments: [
            (["mount", "/x", "--memory", "1.5G"], "1.5G"), (["mount", "/x", "--cpu", "power5"], "power5"),
            (["mount", "/x", "--cpus", "65", "--max-cpus", "64"], "--cpus 65"), (["mount"], "mount-point"),
            (["mount", "/x", "--fault", "boom"], "boom"), (["crash", "--kind", "sudden"], "sudden"),
            (["fly"], "fly"),
        ]
    )
    func bad(arguments: [String], part: String) throws {
        #expect(try #require(complaint(arguments)).contains(part))
    }
}
