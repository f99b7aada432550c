import PhysicalMemory

/// The node, its zone with the lists of free blocks, and the roots of the table of sections.
///
/// Source: `free_area_init_node`, `sparse_init` (Linux 3.4, mm). All memory is one node's.
struct NodeTables {
    private let layout: KernelLayout
    private let plan: PagePlan
    private let array: PageArray

    init(_ layout: KernelLayout, _ plan: PagePlan, _ array: PageArray) {
        self.layout = layout
        self.plan = plan
        self.array = array
    }

    func patches() -> [MemoryPatch] {
        let image = layout.image
        let first = plan.memory.first?.lowerBound ?? 0
        let end = plan.memory.last?.upperBound ?? 0
        let present = plan.memory.reduce(0) { $0 + ($1.upperBound - $1.lowerBound) }
        var node = StructureBytes("pglist_data", layout)
        node.set("nr_zones", 1)
        node.set("node_start_pfn", first)
        node.set("node_present_pages", present)
        node.set("node_spanned_pages", end - first)
        let zone = zone(first: first, end: end, present: present)
        for (place, byte) in zone.enumerated() where byte != 0 {
            node.put(UInt64(byte), at: place, width: 1)
        }
        return [
            MemoryPatch(address: image.node, bytes: node.bytes),
            word(layout.architecture.imageAddress(image.node), at: image.nodeData),
            word(1, at: image.nodeStates),
            word(1, at: image.nodeOnlineMap),
            layout.number(end, .maxPFN, width: 8),
            layout.number(layout.architecture.imageAddress(image.sectionRoots), .memSection, width: 8),
        ] + roots
    }

    /// Pointers to the tables of sections; those that follow one another at once.
    private var roots: [MemoryPatch] {
        var patches: [MemoryPatch] = []
        for root in array.roots {
            let patch = word(root.address, at: layout.image.sectionRoots + root.index * 8)
            if let last = patches.last, last.address + UInt64(last.bytes.count) == patch.address {
                patches[patches.count - 1].bytes += patch.bytes
            } else {
                patches.append(patch)
            }
        }
        return patches
    }

    private func zone(first: UInt64, end: UInt64, present: UInt64) -> [UInt8] {
        var zone = StructureBytes("zone", layout)
        zone.set("zone_pgdat", layout.architecture.imageAddress(layout.image.node))
        zone.set("zone_start_pfn", first)
        zone.set("managed_pages.counter", present)
        zone.set("spanned_pages", end - first)
        zone.set("present_pages", present)
        let lists = array.freeLists
        let areas = layout.offset("zone", "free_area") ?? 0
        let size = layout.size(of: .structure("free_area"))
        var free: UInt64 = 0
        for order in 0...layout.largestOrder {
            let area = areas + size * order
            for list in 0..<layout.profile.structures.migrateTypes {
                let own = array.listHead(order) &+ UInt64(list * 16) &- UInt64(FreeLists.list * 16)
                let isListed = list == FreeLists.list
                let first = isListed ? lists.first(ofOrder: order).map(array.listAddress) : nil
                let last = isListed ? lists.last(ofOrder: order).map(array.listAddress) : nil
                zone.put(first ?? own, at: area + list * 16)
                zone.put(last ?? own, at: area + list * 16 + 8)
            }
            let blocks = lists.count(ofOrder: order)
            zone.put(blocks, at: area + size - 8)
            free &+= blocks << UInt64(order)
        }
        zone.put(free, at: layout.offset("zone", "vm_stat") ?? 0)
        return zone.bytes
    }

    private func word(_ value: UInt64, at address: UInt64) -> MemoryPatch {
        var bytes = StructureBytes("atomic_long_t", layout)
        bytes.set("counter", value)
        return MemoryPatch(address: address, bytes: bytes.bytes)
    }
}
