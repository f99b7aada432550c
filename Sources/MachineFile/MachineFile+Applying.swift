import Machine

extension MachineFile {
    /// Puts what the file says over a configuration. Throws everything that is wrong with its keys and values.
    public func apply(
        to machine: inout MachineConfiguration,
        _ mount: inout MountSettings
    ) throws(FileProblems) {
        var problems = self.problems
        // In the order of the settings, so that a kernel is known before what depends on it.
        for key in FileKey.allCases {
            guard let text = values[key] else { continue }
            switch key {
            case .machine(let setting):
                do {
                    try machine.set(setting, to: text, from: origin(of: key))
                } catch {
                    problems.append(problem(error))
                }
            case .mount(let setting):
                guard mount.set(setting, to: text, from: origin(of: key)) else {
                    problems.append(problem(at: [key.name], "write \(key.kind.expectation)"))
                    continue
                }
            }
        }
        if values[.machine(.name)] == nil, let name = nameOfFile {
            // A name that is none is said where it is used: this one was nobody's choice.
            try? machine.set(.name, to: name, from: .fileName(path))
        }
        if !problems.isEmpty {
            throw FileProblems(problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
        }
    }

    /// What a machine does not like about a value of this file.
    public func problem(_ failure: ConfigurationFailure) -> FileProblem {
        problem(at: [failure.setting.rawValue], failure.problem, suggestion: failure.suggestion)
    }

    /// `big` of `/etc/fadumpfs/big.toml`.
    private var nameOfFile: String? {
        guard let last = path.split(separator: "/").last, last.hasSuffix(".toml") else { return nil }
        let name = String(last.dropLast(5))
        return MachineConfiguration.isName(name) ? name : nil
    }
}
