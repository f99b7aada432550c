import Machine
import Testing

@testable import MachineFile

@Suite("Writing machine files")
struct WritingTests {
    private func read(_ text: String, _ path: String = "x.toml") throws -> (
        MachineConfiguration, MountSettings
    ) {
        var machine = MachineConfiguration()
        var mount = MountSettings()
        try MachineFile(parsing: text, path: path).apply(to: &machine, &mount)
        return (machine, mount)
    }

    @Test("a template says what was said, as a file that reads back the same")
    func roundTrip() throws {
        var machine = MachineConfiguration()
        let said: [(MachineSetting, String)] = [
            (.memoryMap, "0-1G,2G-3G"), (.commandLine, "fadump=on \"quoted\\\" \u{1} é"),
            (.seed, "18446744073709551615"),
            (.faults, "register=-2*3,cpu-section=corrupt"), (.cpus, "7"), (.name, "other"),
        ]
        for (setting, text) in said { try machine.set(setting, to: text, from: .option(setting.rawValue)) }
        let (again, _) = try read(MachineFileText.template(machine, MountSettings()))
        for (setting, text) in said { #expect(again.text(of: setting) == text) }
        #expect(again.origin(of: .kernel) == .builtIn)
    }

    @Test("a template names every key, and its comments are keys that are good")
    func complete() throws {
        let template = MachineFileText.template(MachineConfiguration(), MountSettings())
        for key in FileKey.allCases { #expect(template.contains("\n#\(key.name) = ")) }
        let alternatives = ["#memory-map"]
        let uncommented = template.split(separator: "\n").map { line in
            line.hasPrefix("#") && !line.hasPrefix("# ") && !alternatives.contains { line.hasPrefix($0) }
                ? line.dropFirst() : line
        }
        let (machine, mount) = try read(uncommented.joined(separator: "\n"))
        #expect(machine.text(of: .memory) == "2G")
        #expect(mount.mountPoint == "/mnt/power")
    }

    @Test("every example is a good machine", arguments: MachineExample.all)
    func examples(example: MachineExample) throws {
        let (machine, _) = try read(example.text, example.name + ".toml")
        try machine.validate()
        #expect(machine.name == example.name)
        #expect(!example.summary.isEmpty)
    }

    @Test("the schema has every key")
    func schema() {
        let properties = MachineFileSchema().properties
        #expect(Set(properties.keys) == Set(FileKey.allCases.map(\.name)))
    }
}
