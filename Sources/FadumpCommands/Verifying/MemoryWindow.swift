import ArgumentParser
import Machine
import PhysicalMemory

/// Physical memory from one address to another, as an option: `0x10000000-0x20000000`, `256M-512M`.
struct MemoryWindow: ExpressibleByArgument {
    let range: AddressRange

    init?(argument: String) {
        guard let map = try? MemoryMapSyntax.parse(argument), map.ranges.count == 1 else { return nil }
        range = map.ranges[0]
    }
}
