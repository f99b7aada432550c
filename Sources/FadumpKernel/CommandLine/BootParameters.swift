import BinaryCodec
import KernelProfile

/// What the command line asks of fadump, kdump and panic, read with the kernel's own quirks.
///
/// Sources (Linux 3.4): `early_fadump_param`, `early_fadump_reserve_mem` in fadump.c; `early_parse_mem` in
/// prom.c; `early_cmdline_parse` in prom_init.c; `parse_crashkernel` in kernel/kexec.c.
struct BootParameters: Sendable, Hashable {
    /// `fadump=`: only the first letters count ("once" is on, "offer" is off), the last one wins.
    var fadumpEnabled = false
    /// `fadump_reserve_mem=`: boot memory in bytes, taken as it is.
    var reserveMemory: UInt64?
    /// `mem=`, page aligned, or what the early boot code took for one.
    var memoryLimit: UInt64?
    var crashKernel: CrashKernelParameter?
    /// `fadump=nocma`: the area is not lent.
    var keepsArea = false
    /// `disable_radix`: the MMU that the command line insists on.
    var mmu: MMU?
    var panicTimeout: Int32
    var panicOnOops = false
    /// What the kernel prints about parameters that it could not read.
    var complaints: [Message] = []

    init(
        _ commandLine: CommandLine,
        memory: UInt64,
        memoryEnd: UInt64,
        pageSize: UInt64,
        _ endianness: Endianness,
        _ profile: KernelProfile
    ) {
        let rules = profile.parameters
        panicTimeout = rules.panicTimeout
        if rules.findsMemInsideOtherParameters {
            memoryLimit = Self.earlyLimit(
                commandLine.text,
                rules,
                firstFree: profile.image.firstFree,
                memoryEnd: memoryEnd
            )
            // The early boot code leaves a big-endian number, and the kernel reads it as its own.
            if endianness == .little { memoryLimit = memoryLimit?.byteSwapped }
        }
        for parameter in commandLine.parameters {
            read(parameter, profile, pageSize: pageSize)
        }
        do {
            crashKernel = try CrashKernelParameter(commandLine.text, memory: memory, rules)
        } catch {
            complaints.append(error.message)
        }
    }

    private mutating func read(
        _ parameter: CommandLine.Parameter,
        _ profile: KernelProfile,
        pageSize: UInt64
    ) {
        let rules = profile.parameters
        let value = parameter.value
        switch parameter.name {
        case "fadump":
            guard let value else {
                complaints.append(Message(.warning, "Malformed early option 'fadump'"))
                return
            }
            if value.hasPrefix("on") {
                fadumpEnabled = true
            } else if value.hasPrefix("off") {
                fadumpEnabled = false
            } else if value.hasPrefix("nocma"), profile.reservation.usesCMA {
                fadumpEnabled = true
                keepsArea = true
            }
        case "disable_radix":
            mmu = ["1", "y", "Y", "on", nil].contains(value) ? .hash : .radix
        case "fadump_reserve_mem":
            guard let value else { return }
            var parser = SizeParser(value)
            reserveMemory = parser.size(rules.sizeSuffixes)
        case "mem":
            guard let value else {
                complaints.append(Message(.warning, "Malformed early option 'mem'"))
                return
            }
            var parser = SizeParser(value)
            let limit = parser.size(rules.sizeSuffixes).alignedUp(to: pageSize)
            memoryLimit = limit == 0 ? nil : limit
        case "panic":
            guard let value, let seconds = KernelInteger.parse(value) else { return }
            panicTimeout = Int32(clamping: seconds)
        case "oops" where value == "panic":
            panicOnOops = true
        default:
            return
        }
    }

    /// The limit that the early boot code reads behind the first "mem=" anywhere in the command line; it keeps
    /// one only if it lies between the kernel and the end of memory.
    private static func earlyLimit(
        _ text: String,
        _ rules: ParameterRules,
        firstFree: UInt64,
        memoryEnd: UInt64
    ) -> UInt64? {
        guard let value = text.text(behind: "mem=") else { return nil }
        var parser = SizeParser(value)
        let limit = parser.size(rules.sizeSuffixes).alignedUp(to: rules.earlyLimitAlignment)
        return limit > firstFree && limit < memoryEnd ? limit : nil
    }
}

extension String {
    /// What follows the first `marker`, wherever it stands.
    func text(behind marker: String) -> Substring? {
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(marker) { return rest.dropFirst(marker.count) }
            rest = rest.dropFirst()
        }
        return nil
    }
}
