import BinaryCodec
import PhysicalMemory

/// Where the page array and the pages in use go: at the top of the memory that the kernel may use, as early allocations
/// do.
struct PagePlacement {
    let plan: PagePlan
    let map: SectionMap
    /// The physical address of the page array; nil where no memory has room for it.
    let address: UInt64?

    init(_ layout: KernelLayout, _ use: MemoryUse) {
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
        let array = address.flatMap { AddressRange(start: PhysicalAddress($0), count: size) }
        if let array { kernel.append(array) }
        let mix = use.fill?.mix ?? .modest
        let window: AddressRange
        if use.fill != nil {
            window = AddressRange(0, upTo: PhysicalAddress(use.memory.end.rawValue.alignedUp(to: block)))
        } else {
            let left = array.map { array in free.flatMap { $0.subtracting(array) } } ?? free
            window = Self.modestWindow(in: left, size: UInt64(mix.pattern.count) * block)
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

    /// The highest place with so many bytes; none where there is no room.
    private static func modestWindow(in free: [AddressRange], size: UInt64) -> AddressRange {
        guard let place = free.last(where: { $0.count >= size }) else { return AddressRange(0, upTo: 0) }
        return AddressRange(PhysicalAddress(place.end.rawValue - size), upTo: place.end)
    }
}
