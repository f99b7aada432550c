import KernFS
import Machine
import SystemPackage

extension KernelObserver {
    /// The files of every moment in the life of a dump: modes, links, and what the small ones below /sys/kernel read.
    mutating func observeFiles() throws {
        try look(at: KernelTrial(kernel, [.commandLine: "fadump=off"]), .off)
        let trial = try KernelTrial(kernel)
        try look(at: trial, .boot)
        for (call, answer) in try trial.otherCalls(on: trial.enabledFile, in: "sys/kernel") {
            add(.errnos, call, answer)
        }
        trial.crash()
        try look(at: trial, .dump)
        trial.release()
        try look(at: trial, .released)
    }

    private mutating func look(at trial: KernelTrial, _ moment: Moment) throws {
        for root in ["sys", "proc"] { try walk(trial, root, moment) }
    }

    /// The other place of what /proc/device-tree shows; it is listed once.
    private static let deviceTree = "sys/firmware/devicetree/base"

    private static let note = "sys/kernel/vmcoreinfo"

    /// Where VMCOREINFO lies is different in every build; how it is written differs between kernels.
    private static func withoutAddress(_ line: String) -> String {
        var words = line.split(separator: " ").map(String.init)
        guard let address = words.first else { return line }
        let prefix = address.hasPrefix("0x") ? "0x" : ""
        words[0] = prefix.isEmpty ? "(address)" : prefix + "(\(address.count - 2) digits)"
        return words.joined(separator: " ")
    }

    private mutating func walk(_ trial: KernelTrial, _ folder: String, _ moment: Moment) throws {
        for (name, attributes, target) in try trial.list(folder) {
            let path = folder + "/" + name
            let mode = Self.octal(attributes.mode)
            switch attributes.kind {
            case .directory:
                add(.files, "/\(path)/", at: moment, mode)
                guard path != Self.deviceTree || (try? trial.list("proc/device-tree")) == nil else {
                    continue
                }
                try walk(trial, path, moment)
            case .link:
                add(.files, "/" + path, at: moment, "\(mode) -> \(target ?? "")")
                read(trial, path, moment)
            case .regular:
                add(.files, "/" + path, at: moment, mode)
                read(trial, path, moment)
            }
        }
    }

    /// Small files only; what nobody may read has no contents.
    private mutating func read(_ trial: KernelTrial, _ path: String, _ moment: Moment) {
        guard path.hasPrefix("sys/kernel/"), let lines = try? trial.lines(of: path) else { return }
        add(.contents, "/" + path, at: moment, path == Self.note ? lines.map(Self.withoutAddress) : lines)
    }

    /// 0644, as chmod(1) takes it.
    private static func octal(_ mode: UInt16) -> String {
        let digits = String(mode & 0o7777, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
