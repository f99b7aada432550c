import CoreFile
import DumpFormats
import FadumpKernel
import PhysicalMemory

/// Memory of a real kernel, which a machine boots with.
public struct MachineImage: Sendable {
    /// The file, as it was named.
    public var path: String
    public var description: DumpDescription
    /// Bytes of memory that the file has.
    public var presentBytes: UInt64
    /// Its memory; offsets are physical addresses.
    public var background: any MemoryBackground
    /// Calls its argument with every trouble there is with the file from then on.
    public var onTrouble: @Sendable (@escaping @Sendable (String) -> Void) -> Void

    public init(
        path: String,
        description: DumpDescription,
        presentBytes: UInt64,
        background: any MemoryBackground,
        onTrouble: @escaping @Sendable (@escaping @Sendable (String) -> Void) -> Void = { _ in }
    ) {
        self.path = path
        self.description = description
        self.presentBytes = presentBytes
        self.background = background
        self.onTrouble = onTrouble
    }

    /// The registers that its notes tell, by logical ids of CPUs: notes are in their order.
    ///
    /// Empty where a note cannot be read: the dump then has registers as of any machine.
    var registers: [UInt32: PowerRegisters] {
        let cpus = (try? description.cpus()) ?? []
        return Dictionary(
            uniqueKeysWithValues: cpus.enumerated().map { (UInt32($0.offset), $0.element.registers) }
        )
    }

    var kernel: RealKernel { RealKernel(information: description.vmcoreinfo, registers: registers) }
}
