import BinaryCodec
import CoreFile
import DebugImage
import KernelProfile
import SyntheticKernel

/// The `vmlinux` of a machine's kernel: an ELF file with its symbols and debug information.
public struct Vmlinux: Sendable {
    public let bytes: [UInt8]
    /// The identifier of the build, in hexadecimal digits, as VMCOREINFO has it.
    public let buildID: String
    public let machine: ELFMachine
    public let symbols: Int
    public let structures: Int

    /// Errors: none but for a kernel of more than 4 GiB of debug information.
    public init(of configuration: MachineConfiguration) throws(BinaryError) {
        let layout = KernelLayout(
            configuration.effectiveKernel,
            configuration.effectiveEndianness,
            pageSize: configuration.pageSize,
            architecture: configuration.dumpArchitecture
        )
        let description = layout.imageDescription
        bytes = try ImageFile(description).bytes
        buildID = layout.buildIDText
        machine = description.machine
        symbols = description.symbols.count
        structures = description.types.structures.count
    }
}
