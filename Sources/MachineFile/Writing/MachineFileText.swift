import Machine

/// Writes machine files for people.
public enum MachineFileText {
    /// A machine file that says all of this; every key with a comment that says what it is.
    ///
    /// Keys that have their default are commented out, so that the file shows what is special about the machine
    /// and later defaults apply to the rest.
    public static func template(_ machine: MachineConfiguration, _ mount: MountSettings) -> String {
        var lines = [
            "# A machine for fadumpfs: fadumpfs mount --machine FILE [DIRECTORY]",
            "# Every key is an option of 'fadumpfs mount'; options override what stands here.",
            "# Check it with: fadumpfs machine check FILE",
        ]
        for key in FileKey.allCases {
            lines += ["", "# " + key.summary]
            if case .choice(let words) = key.kind {
                lines.append("# One of: " + words.joined(separator: ", "))
            }
            lines.append(line(key, machine, mount))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ key: FileKey, _ machine: MachineConfiguration, _ mount: MountSettings)
        -> String
    {
        let text = key.text(machine, mount)
        let written = "\(key.name) = \(literal(text ?? example(key), key.kind, asList: true))"
        return text == nil || key.origin(machine, mount) == .builtIn ? "#" + written : written
    }

    /// What could stand where nothing is said.
    private static func example(_ key: FileKey) -> String {
        switch key {
        case .machine(.memoryMap): "0-256M,256M-2G"
        case .machine(.image): "/var/crash/vmcore"
        case .machine(.faults): "register=-2*3"
        case .machine(.date): "2012-02-16T12:00:00Z"
        case .machine(.fill): "seed:7,zero=30,user=40,free=20"
        case .machine(.build): "fa_dump=n"
        case .mount(.mountPoint): "/mnt/power"
        default: ""
        }
    }

    /// `text` as TOML writes it. Numbers that do not fit TOML's 63 bits are written as text; with `asList`, what is
    /// separated by commas is a list.
    public static func literal(_ text: String, _ kind: SettingKind, asList: Bool = false) -> String {
        switch kind {
        case .flag: return text
        case .number where Int(text) != nil: return text
        case .ranges where asList, .faults where asList, .build where asList:
            let items = text.split(separator: ",").map { quoted(String($0)) }
            return "[" + items.joined(separator: ", ") + "]"
        default: return quoted(text)
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7f:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
