import BinaryCodec
import CoreFile
import FadumpKernel
import KernelProfile
import PhysicalMemory
import PowerFirmware
import SyntheticKernel

extension MachineConfiguration {
    /// Takes `text` as the value of a setting and remembers where it came from.
    ///
    /// Errors: a failure that quotes the text, says what would do and, for a misspelt word, which one may be meant.
    public mutating func set(
        _ setting: MachineSetting,
        to text: String,
        from origin: SettingOrigin
    ) throws(ConfigurationFailure) {
        try assign(setting, Value(setting: setting, text: text))
        origins[setting] = origin
        // A later way of saying the same takes the place of an earlier one.
        if let other = setting.alternative { origins[other] = nil }
    }

    /// Where the value of a setting comes from.
    public func origin(of setting: MachineSetting) -> SettingOrigin { origins[setting] ?? .builtIn }

    /// The origins of all settings that say something, by name.
    var originTexts: [String: String] {
        let said = MachineSetting.allCases.filter { isSaid($0) }
        return Dictionary(uniqueKeysWithValues: said.map { ($0.rawValue, origin(of: $0).description) })
    }

    /// Whether a setting has a text; that of a map of thousands of ranges is long.
    private func isSaid(_ setting: MachineSetting) -> Bool {
        setting == .memoryMap ? !isMemoryContiguous : text(of: setting) != nil
    }

    private mutating func assign(_ setting: MachineSetting, _ value: Value) throws(ConfigurationFailure) {
        switch setting {
        case .name: name = value.text
        case .memory: memory = MemoryMap(size: try value.size())
        case .memoryMap: memory = try MemoryMapSyntax.parse(value.text)
        case .image: imagePath = value.text.isEmpty ? nil : value.text
        case .cpus: cpus = try value.number()
        case .maximumCPUs: maximumCPUs = try value.number()
        case .cpuModel: cpuModel = try value.choice(CPUModel.init)
        case .hpteSize: hpteSize = try value.size()
        case .pageSize: pageSize = try value.size()
        case .endianness: endianness = try value.choice(Endianness.init)
        case .realModeArea: realModeArea = try value.size()
        case .mmu: mmu = try value.choice(MMU.init)
        case .kernel: kernel = try value.choice(KernelProfile.named)
        case .dumpArchitecture: dumpArchitecture = try value.choice(DumpArchitecture.named)
        case .build: build = try value.build()
        case .platform: platform = try value.choice(Platform.init)
        case .firmware: firmware = try value.choice(Firmware.init)
        case .commandLine: commandLine = value.text
        case .clock: clock = try value.choice(Clock.init)
        case .date: date = try value.date()
        case .seed: seed = try value.number()
        case .fill: fill = try value.fill()
        case .faults: faults = try value.faults()
        case .vmcore: vmcore = try value.choice(VMCoreMode.init)
        }
    }
}

extension MachineConfiguration {
    /// Whether RAM is one range from address 0 on, which a size alone says.
    var isMemoryContiguous: Bool { memory.ranges.count == 1 && memory.ranges.first?.start == 0 }

    /// The value of a setting as `set` reads it; nil where its alternative says it, or nothing is said.
    public func text(of setting: MachineSetting) -> String? {
        switch setting {
        case .name: name
        case .memory: isMemoryContiguous ? ByteSize.text(memory.total) : nil
        case .memoryMap: isMemoryContiguous ? nil : MemoryMapSyntax.text(memory)
        case .image: imagePath
        case .cpus: String(cpus)
        case .maximumCPUs: String(effectiveMaximumCPUs)
        case .cpuModel: cpuModel.rawValue
        case .hpteSize: ByteSize.text(hpteSize)
        case .pageSize: ByteSize.text(pageSize)
        case .endianness: effectiveEndianness.rawValue
        case .realModeArea: ByteSize.text(effectiveRealModeArea)
        case .mmu: mmu.rawValue
        case .kernel: kernel.name
        case .dumpArchitecture: dumpArchitecture.name
        case .build: build.description.isEmpty ? nil : build.description
        case .platform: platform.rawValue
        case .firmware: firmware.rawValue
        case .commandLine: commandLine
        case .clock: clock.rawValue
        case .date: date.map { String($0) }
        case .seed: String(seed)
        case .fill: fill?.description
        case .faults: faults.description.isEmpty ? nil : faults.description
        case .vmcore: vmcore.rawValue
        }
    }
}

/// What was written for a setting.
private struct Value {
    var setting: MachineSetting
    var text: String

    func failure(_ problem: String, suggestion: String? = nil) -> ConfigurationFailure {
        ConfigurationFailure(setting: setting, given: text, problem: problem, suggestion: suggestion)
    }

    func size() throws(ConfigurationFailure) -> UInt64 {
        guard let bytes = ByteSize.parse(text) else {
            throw failure("is no size; write \(setting.kind.expectation)")
        }
        return bytes
    }

    func number<Number: FixedWidthInteger>() throws(ConfigurationFailure) -> Number {
        guard case .number(let range) = setting.kind, let given = UInt64(text), range.contains(given),
            let number = Number(exactly: given)
        else { throw failure("write \(setting.kind.expectation)") }
        return number
    }

    func choice<Choice>(_ make: (String) -> Choice?) throws(ConfigurationFailure) -> Choice {
        if let choice = make(text) { return choice }
        guard case .choice(let words) = setting.kind else {
            throw failure("write \(setting.kind.expectation)")
        }
        throw failure(
            "there are: \(words.joined(separator: ", "))",
            suggestion: Spelling.nearest(to: text, among: words)
        )
    }

    func build() throws(ConfigurationFailure) -> KernelBuild {
        do { return try KernelBuild(parsing: text) } catch { throw failure(error.description) }
    }

    func date() throws(ConfigurationFailure) -> Int64 {
        guard let date = MachineDate.parse(text) else {
            throw failure("is no date; write one in UTC, such as 2012-02-16T12:00:00Z, or seconds since 1970")
        }
        return date
    }

    func fill() throws(ConfigurationFailure) -> MemoryFill {
        do { return try MemoryFill(parsing: text) } catch { throw failure(error.description) }
    }

    func faults() throws(ConfigurationFailure) -> FaultPlan {
        do { return try FaultPlan(parsing: text) } catch { throw failure(error.description) }
    }
}
