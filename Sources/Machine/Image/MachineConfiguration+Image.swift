import BinaryCodec
import CoreFile
import DumpFormats
import KernelProfile
import PhysicalMemory

extension MachineConfiguration {
    /// Takes `image` as the machine's memory: what the image says of its kernel and nobody else said becomes the
    /// machine's.
    ///
    /// Errors: what was said and is not so.
    public mutating func adopt(_ image: MachineImage) throws(ConfigurationFailure) {
        let about = image.description
        guard about.machine == nil || about.machine == .ppc64 else {
            throw failure(
                .image,
                "is memory of another machine than a Power one (ELF machine \(about.machine?.rawValue ?? 0))"
            )
        }
        try adoptKernel(about)
        try adoptBuild(about)
        try adoptMemory(about)
        try adoptCPUs(image)
        self.image = image
    }

    private func isSaid(_ setting: MachineSetting) -> Bool { origins[setting] != nil }

    private func failure(_ setting: MachineSetting, _ problem: String) -> ConfigurationFailure {
        ConfigurationFailure(setting: setting, given: text(of: setting) ?? "", problem: problem)
    }

    /// The profile whose release is the nearest that is not above the image's.
    private mutating func adoptKernel(_ about: DumpDescription) throws(ConfigurationFailure) {
        guard let release = about.release, let version = KernelVersion(release) else { return }
        let versions = KernelProfile.all.dropFirst().compactMap { profile in
            KernelVersion(profile.release).map { (profile, $0) }
        }
        guard let fitting = versions.last(where: { $0.1 <= version }) ?? versions.first else { return }
        if isSaid(.kernel) {
            // Between two profiles, either may be meant.
            let next = versions.first { $0.1 > version && fitting.1 != version }
            guard kernel.name == fitting.0.name || kernel.name == next?.0.name else {
                throw failure(
                    .kernel,
                    "the image is memory of Linux \(release), which behaves as \(fitting.0.name)"
                )
            }
        } else {
            kernel = fitting.0
            origins[.kernel] = .image
        }
    }

    private mutating func adoptBuild(_ about: DumpDescription) throws(ConfigurationFailure) {
        if about.format != .raw {
            guard !isSaid(.pageSize) || pageSize == about.pageSize else {
                throw failure(.pageSize, "the image has pages of \(ByteSize.text(about.pageSize))")
            }
            pageSize = about.pageSize
            origins[.pageSize] = .image
        }
        guard let order = about.endianness, about.format != .raw else { return }
        guard !isSaid(.endianness) || effectiveEndianness == order else {
            throw failure(.endianness, "the image is \(order.rawValue)-endian")
        }
        endianness = order
        origins[.endianness] = .image
    }

    /// Where nobody says otherwise, memory reaches from 0 to the end of the image: what lies between, a dump leaves out
    /// (the reserved dump area, above all), and it reads as zero.
    private mutating func adoptMemory(_ about: DumpDescription) throws(ConfigurationFailure) {
        guard let end = about.memory.last?.end.rawValue else { throw failure(.image, "has no memory") }
        guard end <= Self.largestMemory else {
            throw failure(.image, "has memory up to \(ByteSize.text(end)); the largest machine has 64T")
        }
        guard isSaid(.memory) || isSaid(.memoryMap) else {
            // Power's memory comes in blocks of 256 MiB.
            memory = MemoryMap(size: end.alignedUp(to: 256 << 20))
            origins[.memory] = .image
            return
        }
        if let lost = about.memory.first(where: { !memory.contains($0) }) {
            let setting = isMemoryContiguous ? MachineSetting.memory : .memoryMap
            throw failure(setting, "the image has memory at \(lost), which this leaves out")
        }
    }

    private mutating func adoptCPUs(_ image: MachineImage) throws(ConfigurationFailure) {
        let count = image.registers.count
        guard count > 0 else { return }
        guard !isSaid(.cpus) || cpus == count else {
            throw failure(.cpus, "the image has registers of \(count) CPUs")
        }
        cpus = count
        origins[.cpus] = .image
        // As many as there are: the reserved dump area then fits into the gap that the real one left in the dump.
        if !isSaid(.maximumCPUs) {
            maximumCPUs = count
            origins[.maximumCPUs] = .image
        }
    }

    /// Throws what does not go with an image.
    func validateImage() throws(ConfigurationFailure) {
        guard imagePath != nil else { return }
        guard dumpArchitecture.name == DumpArchitecture.power.name else {
            throw failure(
                .dumpArchitecture,
                "an image is a real kernel's memory and cannot be made to look like another's"
            )
        }
        guard platform == .pseries else {
            throw failure(.platform, "an image boots in a partition")
        }
        guard fill == nil else {
            throw failure(.fill, "the memory of a machine with an image is the image's (--image)")
        }
    }
}

/// The numbers that a kernel's release begins with.
struct KernelVersion: Comparable {
    private let numbers: [Int]

    /// The first two numbers; nil where there are none.
    init?(_ release: String) {
        let words = release.split(separator: ".", maxSplits: 2)
        guard words.count >= 2 else { return nil }
        let first = words.prefix(2).map { Int($0.prefix { "0"..."9" ~= $0 }) }
        guard let major = first[0], let minor = first[1] else { return nil }
        numbers = [major, minor]
    }

    static func < (a: Self, b: Self) -> Bool { a.numbers.lexicographicallyPrecedes(b.numbers) }
}
