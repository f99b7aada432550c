/// What a kernel was built with, as far as scripts can tell. The defaults are what distributions that support fadump
/// build.
public struct KernelBuild: Sendable, Hashable {
    /// CONFIG_FA_DUMP. Without it there is nothing of fadump, whatever the platform supports.
    public var hasFadump = true
    /// CONFIG_CMA: whether the reserved area can be used by applications meanwhile.
    public var hasCMA = true
    /// Whether debugfs is mounted on /sys/kernel/debug; elsewhere the directory is empty.
    public var mountsDebugfs = true
    /// CONFIG_NR_CPUS; nil for what the recorded kernels were built with.
    public var maximumCPUs: Int?

    public init() {}

    /// Why a text says no build options.
    public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        public var description: String
    }

    /// Reads `fa_dump=n,cma=y,debugfs=unmounted,nr_cpus=1024`, any of them.
    public init(parsing text: String) throws(Failure) {
        for option in text.split(separator: ",") {
            let words = option.split(separator: "=", maxSplits: 1).map(String.init)
            guard words.count == 2 else {
                throw Failure(description: "'\(option)' has no value; \(Self.usage)")
            }
            switch (words[0], words[1]) {
            case ("fa_dump", "y"): hasFadump = true
            case ("fa_dump", "n"): hasFadump = false
            case ("cma", "y"): hasCMA = true
            case ("cma", "n"): hasCMA = false
            case ("debugfs", "mounted"): mountsDebugfs = true
            case ("debugfs", "unmounted"): mountsDebugfs = false
            case ("nr_cpus", let number):
                guard let count = Int(number), (1...8192).contains(count) else {
                    throw Failure(description: "nr_cpus=\(number): a number from 1 to 8192")
                }
                maximumCPUs = count
            default: throw Failure(description: "'\(option)' is no build option; \(Self.usage)")
            }
        }
    }

    /// What can be said.
    public static let usage = "there are: fa_dump=y|n, cma=y|n, debugfs=mounted|unmounted, nr_cpus=N"
}

extension KernelBuild: CustomStringConvertible {
    /// What differs from the default, as `init(parsing:)` reads it.
    public var description: String {
        var options: [String] = []
        if !hasFadump { options.append("fa_dump=n") }
        if !hasCMA { options.append("cma=n") }
        if !mountsDebugfs { options.append("debugfs=unmounted") }
        if let maximumCPUs { options.append("nr_cpus=\(maximumCPUs)") }
        return options.joined(separator: ",")
    }
}

extension KernelProfile {
    /// The same kernel, built with these options.
    public func built(with build: KernelBuild) -> KernelProfile {
        var profile = self
        profile.build = build
        if let maximumCPUs = build.maximumCPUs { profile.maximumCPUs = maximumCPUs }
        return profile
    }
}
