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
        try validateDumpArchitecture()
        try validateImage()
        try validatePlatform()
        try validateCommandLine()
    }

    /// Whether a machine can be called this.
    public static func isName(_ name: String) -> Bool {
        let allowed = name.utf8.allSatisfy { byte in
            let scalar = Character(Unicode.Scalar(byte))
            return byte < 128 && (scalar.isLetter || scalar.isNumber || "-_.".contains(scalar))
        }
        return allowed && !name.isEmpty && name.utf8.count <= 64 && name.first != "."
    }

    private func validateName() throws(ConfigurationFailure) {
        guard Self.isName(name) else {
            throw ConfigurationFailure(
                setting: .name,
                given: name,
                problem: "a name is 1 to 64 letters, digits, '-', '_' or '.', and does not begin with a dot"
            )
        }
    }

    private func validateMemory() throws(ConfigurationFailure) {
        let setting = isMemoryContiguous ? MachineSetting.memory : .memoryMap
        func fail(_ problem: String) -> ConfigurationFailure {
            ConfigurationFailure(setting: setting, given: text(of: setting) ?? "", problem: problem)
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
        if let realModeArea, realModeArea < 16 << 20 || !realModeArea.isMultiple(of: 1 << 20) {
            throw ConfigurationFailure(
                setting: .realModeArea,
                given: ByteSize.text(realModeArea),
                problem: "the real mode area is at least 16M and a multiple of 1M"
            )
        }
        guard hpteSize <= 16 << 20 else {
            throw ConfigurationFailure(
                setting: .hpteSize,
                given: ByteSize.text(hpteSize),
                problem: "at most 16M"
            )
        }
    }

    private func validateCPUs() throws(ConfigurationFailure) {
        let most = effectiveKernel.maximumCPUs
        let room = effectiveMaximumCPUs
        guard (1...most).contains(room) else {
            throw ConfigurationFailure(
                setting: maximumCPUs == nil ? .cpus : .maximumCPUs,
                given: "\(room)",
                problem: "must be 1 to \(most), what \(kernel.name) was built for"
            )
        }
        guard (1...room).contains(cpus) else {
            throw ConfigurationFailure(
                setting: .cpus,
                given: "\(cpus)",
                problem: "must be 1 to \(room) (--max-cpus)"
            )
        }
    }

    private func validateKernel() throws(ConfigurationFailure) {
        guard pageSize == 4 << 10 || pageSize == 64 << 10 else {
            throw ConfigurationFailure(
                setting: .pageSize,
                given: ByteSize.text(pageSize),
                problem: "must be 4K or 64K"
            )
        }
        if let endianness, !kernel.endiannesses.contains(endianness) {
            let built = kernel.endiannesses.map(\.rawValue).joined(separator: ", ")
            throw ConfigurationFailure(
                setting: .endianness,
                given: endianness.rawValue,
                problem: "\(kernel.name) was built for \(built) only"
            )
        }
    }

    private func validateDumpArchitecture() throws(ConfigurationFailure) {
        guard !dumpArchitecture.byteOrders.contains(effectiveEndianness) else { return }
        let able = KernelProfile.all.filter { kernel in
            kernel.endiannesses.contains { dumpArchitecture.byteOrders.contains($0) }
        }
        throw ConfigurationFailure(
            setting: .dumpArchitecture,
            given: dumpArchitecture.name,
            problem: """
                memory of \(dumpArchitecture.name) is little-endian, and this kernel is \(effectiveEndianness.rawValue)\
                -endian; of the kernels \(able.map(\.name).joined(separator: ", ")) run little-endian (--kernel)
                """
        )
    }

    private func validateCommandLine() throws(ConfigurationFailure) {
        let clean = commandLine.utf8.allSatisfy { $0 != 0 && $0 != 10 }
        guard clean, commandLine.utf8.count < 2048 else {
            throw ConfigurationFailure(
                setting: .commandLine,
                given: "of \(commandLine.utf8.count) bytes",
                problem: "a kernel command line is one line of at most 2047 bytes"
            )
        }
    }
}
