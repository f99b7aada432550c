/// What the program was called with, as arguments of `fadumpfs`.
///
/// mount(8) calls a file system's helper in its own way, for `mount -t fuse.fadumpfs` and for lines of /etc/fstab:
/// `mount.fuse.fadumpfs SOURCE DIRECTORY [-sfnv] [-o OPTIONS]`, or through mount.fuse3 `fadumpfs SOURCE DIRECTORY
/// -o OPTIONS`. The source is a machine file, the name of one, or anything else, which is the machine's name.
/// Source: mount(8), "External helpers"; mount.fuse3(8).
public enum Invocation {
    /// The arguments that the command line parser gets, the program's name first.
    public static func arguments(_ arguments: [String]) -> [String] {
        guard let program = arguments.first else { return arguments }
        let name = program.split(separator: "/").last ?? ""
        let isHelper = name.hasPrefix("mount.")
        guard isHelper || isMountFuse(arguments.dropFirst()) else { return arguments }
        return [program] + MountHelperArguments(arguments.dropFirst()).translated
    }

    /// Two words that are no options, and options behind -o.
    private static func isMountFuse(_ arguments: ArraySlice<String>) -> Bool {
        guard let first = arguments.first, !first.hasPrefix("-"), arguments.contains("-o") else {
            return false
        }
        let verbs = FadumpCommand.configuration.subcommands.map { $0._commandName }
        return !verbs.contains(first)
    }
}

/// A call of mount(8), as a call of `fadumpfs mount`.
struct MountHelperArguments {
    private var words: [String] = []
    private var options: [String] = []
    private var isVerbose = false

    init(_ arguments: ArraySlice<String>) {
        var rest = arguments
        while let word = rest.popFirst() {
            switch word {
            case "-o": options += rest.popFirst().map(Self.split) ?? []
            case "-t", "-N": _ = rest.popFirst()
            case "-v": isVerbose = true
            // Sloppy, fake, no mtab: nothing of this concerns a machine.
            case _ where word.hasPrefix("-"): break
            default: words.append(word)
            }
        }
    }

    var translated: [String] {
        var result = ["mount"]
        result.append(isVerbose ? "--verbose" : "--quiet")
        var saysMachine = false
        for option in options {
            guard let argument = Self.argument(option) else { continue }
            saysMachine = saysMachine || argument.hasPrefix("--name=") || argument.hasPrefix("--machine=")
            result.append(argument)
        }
        if let source = words.first, !saysMachine { result += Self.machine(source) }
        return result + words.dropFirst()
    }

    /// `none` and its like say nothing; a path is a machine file; a word is a name.
    private static func machine(_ source: String) -> [String] {
        if ["none", "fadumpfs", "fuse", ""].contains(source) { return [] }
        return source.contains("/") || source.hasSuffix(".toml")
            ? ["--machine=\(source)"] : ["--name=\(source)"]
    }

    /// An option of a mount as one of ours; nil for those that are about any mount.
    private static func argument(_ option: String) -> String? {
        let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init
        )
        let name = parts[0].replacing("_", with: "-")
        if name.hasPrefix("x-") || Self.general.contains(name) { return nil }
        return parts.count > 1 ? "--\(name)=\(parts[1])" : "--\(name)"
    }

    /// Options that mount(8) and fstab(5) have for every file system.
    private static let general: Set<String> = [
        "rw", "ro", "defaults", "auto", "noauto", "user", "nouser", "users", "owner", "group", "nofail",
        "-netdev",
        "dev", "nodev", "suid", "nosuid", "exec", "noexec", "sync", "async", "dirsync", "atime", "noatime",
        "diratime", "nodiratime", "relatime", "norelatime", "strictatime", "nostrictatime", "lazytime",
        "nolazytime", "silent", "loud", "comment", "",
    ]

    /// Options are separated by commas; one with commas of its own stands in double quotes, as libmount has it.
    static func split(_ text: String) -> [String] {
        var options = [""]
        var isQuoted = false
        for character in text {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: options.append("")
            default: options[options.count - 1].append(character)
            }
        }
        return options
    }
}
