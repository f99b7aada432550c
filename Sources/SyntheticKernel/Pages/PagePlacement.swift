import BinaryCodec
import PhysicalMemory

/// Where the page array and the pages in use go: at the top of the memory that the kernel may use, as early allocations
/// do.
struct PagePlacement {
    let plan: PagePlan
    let map: SectionMap
    /// The physical address of the page array; nil where no memory has room for it.
    let address: UInt64?

    init(_ layout: KernelLayout, _ use: MemoryUse, seed: UInt64) {
        let block = layout.pageSize * PagePlan.blockPages
        let image = AddressRange(0, upTo: PhysicalAddress(layout.image.end))
        var kernel = [image] + use.taken
        let free = use.usable.flatMap { range in
            kernel.reduce([range]) { rest, taken in rest.flatMap { $0.subtracting(taken) } }
        }
        .map { range in
            AddressRange(
                PhysicalAddress(range.start.rawValue.alignedUp(to: block)),
                upTo: PhysicalAddress(range.end.rawValue.alignedDown(to: block))
            )
        }
        .filter { !$0.isEmpty }
        let frames = PagePlan.joined(
            use.memory.ranges.map { range in
                range.start.rawValue / layout.pageSize..<range.end.rawValue / layout.pageSize
            }
        )
        let room = free.map(\.count).max() ?? 0
        var map = SectionMap(layout, memory: frames, most: .max)
        if PageArray.byteCount(map) > room {
            // A quarter of what there is, the table included.
            map = SectionMap(layout, memory: frames, most: room / 4 / (map.sectionBytes + 16))
        }
        self.map = map
        let size = PageArray.byteCount(map)
        let place = map.sections > 0 ? free.last { $0.count >= size } : nil
        address = place.map { ($0.end.rawValue - size).alignedDown(to: block) }
        if let address, let array = AddressRange(start: PhysicalAddress(address), count: size) {
            kernel.append(array)
        }
        let mix = use.shares.map { $0.mix(seed: seed) } ?? .modest
        let window: AddressRange
        if use.shares != nil {
            window = AddressRange(0, upTo: PhysicalAddress(use.memory.end.rawValue.alignedUp(to: block)))
        } else {
            window = Self.modestWindow(below: address ?? 0, place, block: block, mix)
        }
        plan = PagePlan(
            pageSize: layout.pageSize,
            largestOrder: layout.largestOrder,
            memory: use.memory.limited(to: PhysicalAddress(map.end)),
            kernel: kernel,
            window: window,
            mix: mix
        )
    }

    /// As many blocks as the pattern has, right below the array.
    private static func modestWindow(
        below address: UInt64,
        _ place: AddressRange?,
        block: UInt64,
        _ mix: PageMix
    ) -> AddressRange {
        let size = UInt64(mix.pattern.count) * block
        guard let place, address >= size, address - size >= place.start.rawValue else {
            return AddressRange(0, upTo: 0)
        }
        return AddressRange(PhysicalAddress(address - size), upTo: PhysicalAddress(address))
    }
}
