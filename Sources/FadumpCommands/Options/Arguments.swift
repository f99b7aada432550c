import ArgumentParser
import BinaryCodec
import KernelProfile
import Machine
import PhysicalMemory
import PowerFirmware

/// A size in bytes on the command line.
struct SizeArgument: ExpressibleByArgument {
    var bytes: UInt64

    init(bytes: UInt64) { self.bytes = bytes }

    init?(argument: String) {
        guard let bytes = ByteSize.parse(argument) else { return nil }
        self.bytes = bytes
    }

    var defaultValueDescription: String { ByteSize.text(bytes) }
}

/// The name of a kernel profile.
struct KernelArgument: ExpressibleByArgument {
    var profile: KernelProfile

    init?(argument: String) {
        guard let profile = KernelProfile.named(argument) else { return nil }
        self.profile = profile
    }

    init(_ profile: KernelProfile) { self.profile = profile }

    static var allValueStrings: [String] { KernelProfile.all.map(\.name) }
    var defaultValueDescription: String { profile.name }
}

/// A memory map: `START-END,START-END...`.
struct MemoryMapArgument {
    var map: MemoryMap

    static func parse(_ text: String) throws -> MemoryMapArgument {
        do {
            return MemoryMapArgument(map: try MemoryMapSyntax.parse(text))
        } catch {
            throw ValidationError(error.problem)
        }
    }
}

/// A fault plan: `register=-2*3,dump-section=short:0x1000`.
struct FaultArgument {
    var plan: FaultPlan

    static func parse(_ text: String) throws -> FaultArgument {
        do {
            return FaultArgument(plan: try FaultPlan(parsing: text))
        } catch {
            throw ValidationError(String(describing: error))
        }
    }
}

extension CPUModel: ExpressibleByArgument {}
extension Endianness: ExpressibleByArgument {}
extension MachineConfiguration.Clock: ExpressibleByArgument {}
extension MachineConfiguration.Firmware: ExpressibleByArgument {}
