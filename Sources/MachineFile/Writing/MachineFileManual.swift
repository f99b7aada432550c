import Machine

/// The manual page of machine files, fadumpfs.toml(5), made of the settings themselves.
public enum MachineFileManual {
    /// The page in mdoc, the language of manual pages. Source: mdoc(7).
    public static var text: String {
        var lines = [
            ".Dd $Mdocdate$", ".Dt FADUMPFS.TOML 5", ".Os", ".Sh NAME", ".Nm fadumpfs.toml",
            ".Nd a machine for fadumpfs", ".Sh DESCRIPTION",
            "A machine file describes a machine for", ".Xr fadumpfs-mount 1 .",
            "It is TOML with a key for every option of that command; options override it.",
            "Saved as", ".Pa /etc/fadumpfs/NAME.toml", "it is found by name.",
            "A file that says no name gives the machine its own.", ".Sh KEYS", ".Bl -tag -width Ds",
        ]
        for key in FileKey.allCases {
            lines += [".It Ic \(key.name)", escaped(key.summary)]
            if case .machine(let setting) = key, !setting.discussion.isEmpty {
                lines.append(escaped(setting.discussion))
            }
            lines.append(escaped("Takes \(key.kind.expectation)."))
            if let text = key.text(MachineConfiguration(), MountSettings()) {
                lines.append(escaped("Default: \(MachineFileText.literal(text, key.kind))."))
            }
        }
        lines += [
            ".El", ".Sh FILES", ".Bl -tag -width Ds", ".It Pa /etc/fadumpfs/NAME.toml",
            "Machines that are found by name.", ".It Pa ~/.config/fadumpfs/NAME.toml",
            "The same for users other than root, looked at first.", ".El", ".Sh EXAMPLES",
        ]
        for example in MachineExample.all {
            lines += [escaped(example.summary), ".Bd -literal -offset indent"]
            let body = example.text.split(separator: "\n", omittingEmptySubsequences: false)
            lines += body.drop { $0.hasPrefix("#") }.dropLast().map { escaped(String($0)) } + [".Ed", ".Pp"]
        }
        lines.removeLast()
        return (lines + [".Sh SEE ALSO", ".Xr fadumpfs 1 ,", ".Xr fadumpfs-machine 1"]).joined(
            separator: "\n"
        ) + "\n"
    }

    /// Text that means nothing to the formatter: no line begins with a dot or a quote, backslashes are themselves.
    private static func escaped(_ text: String) -> String {
        let text = text.replacing("\\", with: "\\e")
        return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
    }
}
