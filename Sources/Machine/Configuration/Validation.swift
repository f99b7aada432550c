import KernelProfile
import PhysicalMemory

extension MachineConfiguration {
    public static let smallestMemory: UInt64 = 256 << 20
    public static let largestMemory: UInt64 = 64 << 40

    /// Throws the first thing that keeps this machine from being built.
    public func validate() throws(ConfigurationFailure) {
        try validateName()
        try validateMemory()
        try validateCPUs()
        try validateKernel()
        try validateCommandLine()
    }

    private func validateName() throws(ConfigurationFailure) {
        let allowed = name.utf8.allSatisfy { byte in
            let scalar = Character(Unicode.Scalar(byte))
            return byte < 128 && (scalar.isLetter || scalar.isNumber || "-_.".contains(scalar))
        }
        guard allowed, !name.isEmpty, name.utf8.count <= 64, name.first != "." else {
            throw ConfigurationFailure(
                option: "name",
                given: "'\(name)'",
                problem: "a name is 1 to 64 letters, digits, '-', '_' or '.', and does not begin with a dot"
            )
        }
    }

    private func validateMemory() throws(ConfigurationFailure) {
        func fail(_ problem: String) -> ConfigurationFailure {
            ConfigurationFailure(option: "memory", given: ByteSize.text(memory.total), problem: problem)
        }
        guard memory.total >= Self.smallestMemory else {
            throw fail("too little; the smallest machine has \(ByteSize.text(Self.smallestMemory))")
        }
        guard memory.end.rawValue <= Self.largestMemory else {
            throw fail("too much; the largest machine has \(ByteSize.text(Self.largestMemory))")
        }
        guard memory.ranges.first?.start == 0 else {
            throw fail("memory must begin at address 0, where the kernel is loaded")
        }
        for range in memory.ranges {
            let edges = [range.start.rawValue, range.end.rawValue]
            guard edges.allSatisfy({ $0.isMultiple(of: pageSize) }) else {
                throw fail("\(range) is not aligned to pages of \(ByteSize.text(pageSize))")
            }
        }
        guard let first = memory.ranges.first, first.count >= kernel.image.firstFree + (16 << 20) else {
            throw fail("the first range is too small for the kernel; it needs at least 32M")
        }
        guard realModeArea >= 16 << 20, realModeArea.isMultiple(of: 1 << 20) else {
            throw ConfigurationFailure(
                option: "rma",
                given: ByteSize.text(realModeArea),
                problem: "the real mode area is at least 16M and a multiple of 1M"
            )
        }
        guard hpteSize <= 16 << 20 else {
            throw ConfigurationFailure(
                option: "hpte-size",
                given: ByteSize.text(hpteSize),
                problem: "at most 16M"
            )
        }
    }

    private func validateCPUs() throws(ConfigurationFailure) {
        guard (1...kernel.maximumCPUs).contains(maximumCPUs) else {
            throw ConfigurationFailure(
                option: "max-cpus",
                given: "\(maximumCPUs)",
                problem: "must be 1 to \(kernel.maximumCPUs), what \(kernel.name) was built for"
            )
        }
        guard (1...maximumCPUs).contains(cpus) else {
            throw ConfigurationFailure(
                option: "cpus",
                given: "\(cpus)",
                problem: "must be 1 to \(maximumCPUs) (--max-cpus)"
            )
        }
    }

    private func validateKernel() throws(ConfigurationFailure) {
        guard pageSize == 4 << 10 || pageSize == 64 << 10 else {
            throw ConfigurationFailure(
                option: "page-size",
                given: ByteSize.text(pageSize),
                problem: "must be 4K or 64K"
            )
        }
        if let endianness, !kernel.endiannesses.contains(endianness) {
            let built = kernel.endiannesses.map(\.rawValue).joined(separator: ", ")
            throw ConfigurationFailure(
                option: "endian",
                given: endianness.rawValue,
                problem: "\(kernel.name) was built for \(built) only"
            )
        }
    }

    private func validateCommandLine() throws(ConfigurationFailure) {
        let clean = commandLine.utf8.allSatisfy { $0 != 0 && $0 != 10 }
        guard clean, commandLine.utf8.count < 2048 else {
            throw ConfigurationFailure(
                option: "cmdline",
                given: "of \(commandLine.utf8.count) bytes",
                problem: "a kernel command line is one line of at most 2047 bytes"
            )
        }
    }
}
