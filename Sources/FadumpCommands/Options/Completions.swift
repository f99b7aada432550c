import ArgumentParser
import Glibc
import Machine
import MachineFile
import MachineStore

/// What a shell offers behind an option.
enum Completions {
    /// The machines that run.
    static let runningMachines = CompletionKind.custom { _, _, _ in
        MachineRegistry.standard.running.map(\.name)
    }

    /// Where machines are mounted.
    static let mountPoints = CompletionKind.custom { _, _, _ in
        MachineRegistry.standard.running.map(\.mountPoint)
    }

    /// Machine files: by name, and the .toml files and folders that a path begins with.
    static let machineFiles = CompletionKind.custom { _, _, word in
        MachineFileLookup.standard.names + paths(beginningWith: word)
    }

    static func paths(beginningWith word: String) -> [String] {
        let folder = word.lastIndex(of: "/").map { String(word[...$0]) } ?? ""
        guard let directory = opendir(folder.isEmpty ? "." : folder) else { return [] }
        defer { closedir(directory) }
        var paths: [String] = []
        while let item = readdir(directory) {
            let name = withUnsafePointer(to: &item.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            if name.hasSuffix(".toml") { paths.append(folder + name) }
            if Int32(item.pointee.d_type) == Int32(DT_DIR) { paths.append(folder + name + "/") }
        }
        return paths.filter { $0.hasPrefix(word) }.sorted()
    }
}

extension CompletionKind {
    /// The words that a setting takes.
    static func choices(of setting: MachineSetting) -> CompletionKind {
        if case .choice(let words) = setting.kind { return .list(words) }
        return .default
    }
}

extension ArgumentHelp {
    /// What a setting is, what it takes, and what holds where nothing is said.
    ///
    /// Made once: the parser asks for all of them several times, also where nobody wants help.
    init(_ setting: MachineSetting) { self = Self.all[setting] ?? ArgumentHelp(describing: setting) }

    private static let all = Dictionary(
        uniqueKeysWithValues: MachineSetting.allCases.map { ($0, ArgumentHelp(describing: $0)) }
    )

    private init(describing setting: MachineSetting) {
        var notes: [String] = []
        if case .choice(let words) = setting.kind { notes.append("values: \(words.joined(separator: ", "))") }
        let hasOwnDefault = setting != .endianness
        if hasOwnDefault, let text = MachineConfiguration().text(of: setting) {
            notes.append("default: \(text)")
        }
        let note = notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))"
        self.init(
            StringLiteralType(setting.summary + note),
            discussion: setting.discussion,
            valueName: setting.kind.valueName
        )
    }
}

extension SettingKind {
    /// What the value is called in a line of usage.
    fileprivate var valueName: String {
        switch self {
        case .text: "text"
        case .flag: "flag"
        case .number: "number"
        case .size: "size"
        case .choice: "word"
        case .ranges: "ranges"
        case .faults: "plan"
        case .build: "options"
        }
    }
}
