import PhysicalMemory
import SystemPackage

/// The page array of a machine, and behind it the table of its sections, made up when it is read.
///
/// Shapes: offset 0 is the first element; `byteCount` bytes, whole pages.
struct PageArray: MemoryBackground {
    let plan: PagePlan
    let map: SectionMap
    /// The physical address of the array.
    let address: UInt64
    private let layout: KernelLayout
    private let elements: PageElements
    let freeLists: FreeLists
    private let tables: [UInt64]
    private let imageEnd: UInt64

    private static let elementSize = UInt64(KernelLayout.pageStructureSize)

    init(_ layout: KernelLayout, _ plan: PagePlan, _ map: SectionMap, at address: UInt64) {
        self.layout = layout
        self.plan = plan
        self.map = map
        self.address = address
        tables = map.tables
        imageEnd = layout.image.end / layout.pageSize
        freeLists = FreeLists(plan)
        elements = PageElements(layout, map, freeLists, base: layout.architecture.virtual(address))
    }

    func listHead(_ order: Int) -> UInt64 { elements.listHead(order) }
    func listAddress(_ frame: UInt64) -> UInt64 { elements.listAddress(frame) }

    /// Bytes of array and table for such a map.
    static func byteCount(_ map: SectionMap) -> UInt64 {
        map.arrayBytes + UInt64(map.tables.count) * map.layout.pageSize
    }

    var byteCount: UInt64 { map.arrayBytes + UInt64(tables.count) * layout.pageSize }

    func origin(of offset: UInt64) -> MadeUpOrigin? { MadeUpOrigin(.pageArray, offset) }

    func data(from offset: UInt64) -> Range<UInt64>? {
        offset < byteCount ? offset..<byteCount : nil
    }

    func fill(_ buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(Errno) {
        let end = offset + UInt64(buffer.count)
        var position = offset
        // Whole elements in place; one that is cut by an end of the buffer is made beside it.
        while position < end {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[Int(position - offset)...])
            if position >= map.arrayBytes {
                fillTable(rest, at: position - map.arrayBytes)
                return
            }
            let within = Int(position % Self.elementSize)
            let available = min(UInt64(rest.count), map.arrayBytes - position)
            if within == 0, available >= Self.elementSize {
                let count = available / Self.elementSize
                fillElements(rest, from: position / Self.elementSize, count: count)
                position += count * Self.elementSize
            } else {
                let count = min(Int(available), Int(Self.elementSize) - within)
                withUnsafeTemporaryAllocation(byteCount: Int(Self.elementSize), alignment: 64) { one in
                    fillElements(one, from: position / Self.elementSize, count: 1)
                    rest.copyMemory(from: UnsafeRawBufferPointer(rebasing: one[within..<(within + count)]))
                }
                position += UInt64(count)
            }
        }
    }

    /// `struct mem_section` for each section: where its elements are, and that it has some.
    ///
    /// Source: `sparse_encode_mem_map`, SECTION_MARKED_PRESENT, SECTION_HAS_MEM_MAP, SECTION_IS_ONLINE (Linux 3.4, 4.13,
    /// include/linux/mmzone.h).
    private func fillTable(_ buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) {
        var place = 0
        while place < buffer.count {
            let position = offset + UInt64(place)
            let within = Int(position % 8)
            let count = min(8 - within, buffer.count - place)
            var word = word(ofTables: position / 8)
            if layout.endianness == .big { word = word.byteSwapped }
            if count == 8 {
                buffer.storeBytes(of: word, toByteOffset: place, as: UInt64.self)
            } else {
                for index in 0..<count {
                    buffer[place + index] = UInt8(truncatingIfNeeded: word >> UInt64(8 * (within + index)))
                }
            }
            place += count
        }
    }

    /// Every second word of the table is a section's map; the others are zero.
    private func word(ofTables number: UInt64) -> UInt64 {
        guard number % 2 == 0 else { return 0 }
        let (table, place) = (number / 2).quotientAndRemainder(dividingBy: layout.sectionsPerRoot)
        return mapOfSection(tables[Int(table)] * layout.sectionsPerRoot + place)
    }

    private func mapOfSection(_ section: UInt64) -> UInt64 {
        guard let index = map.index(ofSection: section) else { return 0 }
        let start = layout.architecture.virtual(address) + index * map.sectionBytes
        return (start &- section &* map.sectionBytes) | 7
    }

    /// The pages of the root table: where the table of the sections' n-th part is.
    var roots: [(index: UInt64, address: UInt64)] {
        tables.enumerated().map { place, table in
            let offset = map.arrayBytes + UInt64(place) * layout.pageSize
            return (table, layout.architecture.virtual(address + offset))
        }
    }
}

// MARK: Elements

extension PageArray {
    /// Fills `buffer` with `count` elements from the one with this number on.
    private func fillElements(_ buffer: UnsafeMutableRawBufferPointer, from first: UInt64, count: UInt64) {
        var element = first
        let end = first + count
        while element < end {
            let target = UnsafeMutableRawBufferPointer(
                rebasing: buffer[Int((element - first) * Self.elementSize)...]
            )
            guard let frame = map.frame(ofElement: element) else {
                let rest = Int((end - element) * Self.elementSize)
                UnsafeMutableRawBufferPointer(rebasing: target[..<rest])
                    .initializeMemory(as: UInt8.self, repeating: 0)
                return
            }
            // As far as frames follow one another: to the end of the section at least.
            let toEnd = layout.sectionPages - frame % layout.sectionPages
            let step = min(end - element, toEnd)
            fillFrames(target, frame..<(frame + step))
            element += step
        }
    }

    private func fillFrames(_ buffer: UnsafeMutableRawBufferPointer, _ frames: Range<UInt64>) {
        var frame = frames.lowerBound
        while frame < frames.upperBound {
            let target = UnsafeMutableRawBufferPointer(
                rebasing: buffer[Int((frame - frames.lowerBound) * Self.elementSize)...]
            )
            let end: UInt64
            if let block = plan.buddy(of: frame) {
                end = min(block.end, frames.upperBound)
                fillFree(target, block, frame..<end)
            } else {
                end = min((frame / PagePlan.blockPages + 1) * PagePlan.blockPages, frames.upperBound)
                fillUsed(target, frame..<end)
            }
            frame = end
        }
    }

    private func fillFree(
        _ buffer: UnsafeMutableRawBufferPointer,
        _ block: BuddyBlock,
        _ frames: Range<UInt64>
    ) {
        // Most elements of most arrays are these: one, copied over and over, each time twice as many.
        let count = Int((frames.upperBound - frames.lowerBound) * Self.elementSize)
        Self.store(elements.freeTail, 0, buffer)
        var done = Int(Self.elementSize)
        while done < count {
            let step = min(done, count - done)
            UnsafeMutableRawBufferPointer(rebasing: buffer[done..<(done + step)])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<step]))
            done += step
        }
        if frames.lowerBound == block.head { Self.store(elements.freeHead(block), 0, buffer) }
    }

    private func fillUsed(_ buffer: UnsafeMutableRawBufferPointer, _ frames: Range<UInt64>) {
        // Held once, and not anew for every frame.
        let (plan, elements) = (plan, elements)
        for place in 0..<Int(frames.upperBound - frames.lowerBound) {
            let frame = frames.lowerBound + UInt64(place)
            let pageClass = plan.pageClass(of: frame)
            let isReserved = pageClass == nil || frame < imageEnd
            Self.store(elements.used(pageClass ?? .kernel, frame, isReserved: isReserved), place, buffer)
        }
    }

    @inline(__always)
    private static func store(
        _ words: PageElements.Words,
        _ place: Int,
        _ buffer: UnsafeMutableRawBufferPointer
    ) {
        buffer.storeBytes(of: words, toByteOffset: place &* Int(elementSize), as: PageElements.Words.self)
    }
}
