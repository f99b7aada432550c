import ArgumentParser
import Machine
import MachineFile

/// The options that describe a machine: a machine file, and one option for each of its settings.
struct MachineOptions: ParsableArguments {
    @Option(
        name: .customLong("machine"),
        help: ArgumentHelp(
            "A machine file (TOML), or the name of one in /etc/fadumpfs; options override what it says.",
            valueName: "file"
        ),
        completion: Completions.machineFiles
    )
    var file: String?

    @Option(help: ArgumentHelp(.name))
    var name: String?

    @Option(help: ArgumentHelp(.memory))
    var memory: String?

    @Option(help: ArgumentHelp(.memoryMap))
    var memoryMap: String?

    @Option(help: ArgumentHelp(.image), completion: .file())
    var image: String?

    @Option(help: ArgumentHelp(.cpus))
    var cpus: String?

    @Option(help: ArgumentHelp(.maximumCPUs))
    var maxCpus: String?

    @Option(help: ArgumentHelp(.cpuModel), completion: .choices(of: .cpuModel))
    var cpu: String?

    @Option(help: ArgumentHelp(.hpteSize))
    var hpteSize: String?

    @Option(help: ArgumentHelp(.pageSize), completion: .list(["64K", "4K"]))
    var pageSize: String?

    @Option(help: ArgumentHelp(.endianness), completion: .choices(of: .endianness))
    var endian: String?

    @Option(help: ArgumentHelp(.realModeArea))
    var rma: String?

    @Option(help: ArgumentHelp(.mmu), completion: .choices(of: .mmu))
    var mmu: String?

    @Option(help: ArgumentHelp(.kernel), completion: .choices(of: .kernel))
    var kernel: String?

    @Option(help: ArgumentHelp(.dumpArchitecture), completion: .choices(of: .dumpArchitecture))
    var dumpArch: String?

    @Option(help: ArgumentHelp(.build))
    var config: [String] = []

    @Option(help: ArgumentHelp(.platform), completion: .choices(of: .platform))
    var platform: String?

    @Option(help: ArgumentHelp(.firmware), completion: .choices(of: .firmware))
    var firmware: String?

    @Option(help: ArgumentHelp(.commandLine))
    var cmdline: String?

    @Option(help: ArgumentHelp(.clock), completion: .choices(of: .clock))
    var clock: String?

    @Option(help: ArgumentHelp(.date))
    var date: String?

    @Option(help: ArgumentHelp(.fill))
    var fill: String?

    @Option(help: ArgumentHelp(.seed))
    var seed: String?

    @Option(help: ArgumentHelp(.faults))
    var fault: String?

    @Option(help: ArgumentHelp(.vmcore), completion: .choices(of: .vmcore))
    var vmcore: String?

    /// What was said by options.
    private var given: [(setting: MachineSetting, text: String)] {
        let all: [(MachineSetting, String?)] = [
            (.name, name), (.memory, memory), (.memoryMap, memoryMap), (.image, image), (.cpus, cpus),
            (.maximumCPUs, maxCpus),
            (.cpuModel, cpu), (.hpteSize, hpteSize), (.pageSize, pageSize), (.endianness, endian),
            (.realModeArea, rma), (.mmu, mmu), (.kernel, kernel),
            (.dumpArchitecture, dumpArch), (.platform, platform),
            (.firmware, firmware),
            (.commandLine, cmdline),
            (.build, config.isEmpty ? nil : config.joined(separator: ",")), (.clock, clock), (.date, date),
            (.seed, seed), (.fill, fill),
            (.faults, fault), (.vmcore, vmcore),
        ]
        return all.compactMap { setting, text in text.map { (setting, $0) } }
    }

    /// Whether it leaves open what machine is meant, but for its name.
    var saysNothingButName: Bool { file == nil && given.allSatisfy { $0.setting == .name } }

    /// The machine that is meant: defaults, then the machine file, then the options.
    ///
    /// Errors: `ValidationError` that names the option or the place in the file.
    func describe(lookup: MachineFileLookup = .standard) throws -> DescribedMachine {
        guard memory == nil || memoryMap == nil else {
            throw ValidationError("--memory and --memory-map both say what RAM there is; give one of them")
        }
        var described = DescribedMachine()
        do {
            let file = try machineFile(lookup)
            described.file = file?.path
            try file?.apply(to: &described.machine, &described.mount)
            for (setting, text) in given {
                try described.machine.set(setting, to: text, from: .option(setting.rawValue))
            }
            try adopt(file, &described.machine)
            try validate(described.machine, file)
        } catch let problems as FileProblems {
            throw ValidationError(problems.description)
        } catch let failure as ConfigurationFailure {
            throw ValidationError(failure.description)
        }
        return described
    }

    /// The file that was asked for; where none was, that of the machine's name, if there is one.
    private func machineFile(_ lookup: MachineFileLookup) throws -> MachineFile? {
        if let file { return try lookup.read(file) }
        guard let name, let path = lookup.path(ofMachine: name) else { return nil }
        return try lookup.read(path.string)
    }

    private func adopt(_ file: MachineFile?, _ machine: inout MachineConfiguration) throws {
        do {
            try ImageOpening.open(for: &machine)
        } catch let failure as ConfigurationFailure {
            guard let file, case .file = machine.origin(of: failure.setting) else { throw failure }
            throw FileProblems([file.problem(failure)])
        }
    }

    private func validate(_ machine: MachineConfiguration, _ file: MachineFile?) throws {
        do {
            try machine.validate()
        } catch {
            // A value of the file is shown where it stands, one of the command line by its option.
            guard let file, case .file = machine.origin(of: error.setting) else { throw error }
            throw FileProblems([file.problem(error)])
        }
    }

    func validate() throws { _ = try describe() }
}

/// A machine as files and options describe it.
struct DescribedMachine {
    var machine = MachineConfiguration()
    var mount = MountSettings()
    /// The machine file, where there was one.
    var file: String?
}
