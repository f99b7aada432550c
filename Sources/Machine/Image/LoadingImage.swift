import FadumpKernel
import PhysicalMemory
import SystemPackage

extension MachineState {
    /// Gives the machine the memory and the registers of its image, where it has one: a boot without a waiting dump
    /// begins with them, as the first did.
    mutating func loadImage() -> [MachineEffect] {
        guard let image = configuration.image else { return [] }
        hardware.registers = image.registers
        // The first boot has it already.
        guard boot > 1 else { return [] }
        do {
            hardware.ram = try PhysicalRAM(map: hardware.ram.map, background: image.background)
            return []
        } catch {
            return [note("host-failure", ["doing": "loading the image", "errno": String(describing: error)])]
        }
    }

    /// Tells of memory of the image that the reserved dump area takes: it is in no dump.
    mutating func tellCoveredMemory(_ kernel: FadumpKernel) -> [MachineEffect] {
        guard let image = configuration.image, let reserved = kernel.reservedArea,
            let area = AddressRange(start: PhysicalAddress(reserved.start), count: reserved.size)
        else { return [] }
        let covered = image.description.memory.reduce(0) { $0 + $1.intersection(area).count }
        guard covered > 0 else { return [] }
        return [note("image-covered", ["bytes": String(covered), "by": "the reserved dump area at \(area)"])]
    }
}
