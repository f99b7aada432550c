import KernelProfile

/// What `struct page` holds for a page of each class: eight words, as this kernel lays them out.
///
/// A reference, because the array holds it anew for every block of pages that it fills.
final class PageElements: Sendable {
    /// One element in the host's byte order of words; each is swapped as it is stored where the kernel's differs.
    typealias Words = SIMD8<UInt64>

    private let layout: KernelLayout
    private let map: SectionMap
    private let lists: FreeLists
    /// The virtual address of the array.
    private let base: UInt64
    private let swaps: Bool

    // Where members lie, in words.
    private let flagsWord: Int
    private let listWord: Int
    private let mappingWord: Int
    private let indexWord: Int
    private let dataWord: Int
    private let countersWord: Int
    /// The address of the list of free blocks of order 0, and how far it is from there to that of the next order.
    private let firstListHead: UInt64
    private let listHeadStep: UInt64

    init(_ layout: KernelLayout, _ map: SectionMap, _ lists: FreeLists, base: UInt64) {
        self.layout = layout
        self.map = map
        self.lists = lists
        self.base = base
        swaps = layout.endianness == .big
        func word(_ member: String) -> Int { (layout.offset("page", member) ?? 0) / 8 }
        flagsWord = word("flags")
        listWord = word("lru")
        mappingWord = word("mapping")
        indexWord = word("index")
        dataWord = word("private")
        countersWord = word("_mapcount")
        listHeadStep = UInt64(layout.size(of: .structure("free_area")))
        firstListHead =
            layout.architecture.imageAddress(layout.image.node)
            + UInt64(layout.offset("zone", "free_area") ?? 0)
            + UInt64(FreeLists.list * layout.size(of: .structure("list_head")))
    }

    /// The element of a page that is no free page. `frame` is needed for what links it with its neighbours.
    func used(_ pageClass: PageClass, _ frame: UInt64, isReserved: Bool) -> Words {
        let flags = layout.profile.structures.pageFlags
        var words = Words()
        switch pageClass {
        case .kernel, .zero, .free:
            if isReserved { words[flagsWord] = 1 << UInt64(flags.reserved) }
            words[countersWord] = counters(-1, references: 1)
        case .slab:
            if let slab = flags.slab { words[flagsWord] = 1 << UInt64(slab) }
            words[listWord] = variable(.slabCache)
            words[countersWord] = counters(layout.profile.structures.pageTypes.slab ?? -1, references: 1)
        case .cache, .privateCache:
            words[flagsWord] =
                1 << UInt64(flags.uptodate) | 1 << UInt64(flags.lru) | 1 << UInt64(flags.referenced)
            if pageClass == .privateCache {
                words[flagsWord] |= 1 << UInt64(flags.privateData)
                words[dataWord] = variable(.privateData)
            }
            words[mappingWord] = variable(.addressSpace)
            words[indexWord] = frame % PagePlan.blockPages
            words[countersWord] = counters(-1, references: pageClass == .cache ? 1 : 2)
            link(frame, &words)
        case .anonymous:
            words[flagsWord] =
                1 << UInt64(flags.uptodate) | 1 << UInt64(flags.lru) | 1 << UInt64(flags.swapBacked)
                | 1 << UInt64(flags.active)
            // The lowest bit says that it is no file's.
            words[mappingWord] = variable(.anonymous) | 1
            words[indexWord] = frame % PagePlan.blockPages
            words[countersWord] = counters(0, references: 1)
            link(frame, &words)
        }
        return ordered(words)
    }

    /// The element of a free page that is not the first of its block.
    var freeTail: Words {
        var words = Words()
        words[countersWord] = counters(-1, references: 0)
        return ordered(words)
    }

    /// The element of the first page of a free block.
    func freeHead(_ block: BuddyBlock) -> Words {
        var words = Words()
        words[countersWord] = counters(layout.profile.structures.pageTypes.buddy, references: 0)
        words[dataWord] = UInt64(block.order)
        words[listWord] = listAddress(lists.next(atOrAfter: block.end, block.order), block.order)
        words[listWord + 1] = listAddress(lists.previous(before: block.head, block.order), block.order)
        return ordered(words)
    }

    /// The address of the list of free blocks of an order.
    func listHead(_ order: Int) -> UInt64 { firstListHead + listHeadStep * UInt64(order) }

    /// That of a block's first page; where there is no such block, that of the list.
    private func listAddress(_ frame: UInt64?, _ order: Int) -> UInt64 {
        if let frame { listAddress(frame) } else { listHead(order) }
    }

    /// The address of the list member of a page's element.
    func listAddress(_ frame: UInt64) -> UInt64 {
        guard let element = map.element(of: frame) else { return 0 }
        return base + element * UInt64(KernelLayout.pageStructureSize) + UInt64(listWord * 8)
    }

    /// The pages of a block are on a list of their own.
    private func link(_ frame: UInt64, _ words: inout Words) {
        let first = frame / PagePlan.blockPages * PagePlan.blockPages
        let place = frame - first
        words[listWord] = listAddress(first + (place + 1) % PagePlan.blockPages)
        words[listWord + 1] = listAddress(first + (place + PagePlan.blockPages - 1) % PagePlan.blockPages)
    }

    private func variable(_ scalar: ImagePlan.Scalar) -> UInt64 {
        layout.architecture.imageAddress(layout.image.scalar(scalar))
    }

    /// `_mapcount` and the number of references share a word.
    private func counters(_ mapCount: Int32, references: UInt32) -> UInt64 {
        let map = UInt64(UInt32(bitPattern: mapCount))
        let references = UInt64(references)
        return swaps ? map << 32 | references : references << 32 | map
    }

    private func ordered(_ words: Words) -> Words {
        guard swaps else { return words }
        var swapped = words
        for index in 0..<8 { swapped[index] = words[index].byteSwapped }
        return swapped
    }
}
