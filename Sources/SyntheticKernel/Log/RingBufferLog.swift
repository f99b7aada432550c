import KernelProfile

/// The log since 5.10: descriptors and infos, one of each for a message, and a ring of text blocks.
///
/// Positions in the rings only grow; places are their lowest bits. A block that would reach beyond the end of the ring
/// leaves that end empty and begins at its start.
/// Source: `prb_reserve`, `data_alloc`, `DEFINE_PRINTKRB` (Linux 5.10, kernel/printk/printk_ringbuffer.c).
struct RingBufferLog: MemoryLog {
    private let layout: KernelLayout
    private let info: StructureForm
    private let slot: StructureForm
    private let blockHead: StructureForm
    private let whole: StructureForm
    /// Messages so far; the sequence number of the next one.
    private var sequence: UInt64 = 0
    private var head: UInt64
    private var tail: UInt64
    private var textHead: UInt64
    private var textTail: UInt64
    /// Messages whose text is in the ring: descriptor, begin and end of the block.
    private var kept: ArraySlice<(id: UInt64, begin: UInt64, next: UInt64)> = []

    private static let descriptorBits = KernelLayout.logShift - KernelLayout.descriptorShift
    private static let count: UInt64 = 1 << UInt64(descriptorBits)
    private static let textSize: UInt64 = 1 << UInt64(KernelLayout.logShift)
    /// The two highest bits of a descriptor's state variable are its state.
    private static let idMask: UInt64 = ~0 >> 2
    private static let finalized: UInt64 = 2 << 62
    private static let reusable: UInt64 = 3 << 62
    /// What `text_blk_lpos` has where there is no text.
    private static let noBlock: UInt64 = 1

    /// Of the ring; kernels have the last finalized message by its descriptor or by its number.
    private static let members = [
        "desc_ring.count_bits", "desc_ring.descs", "desc_ring.infos", "desc_ring.head_id.counter",
        "desc_ring.tail_id.counter", "desc_ring.last_finalized_id.counter",
        "desc_ring.last_finalized_seq.counter", "text_data_ring.size_bits", "text_data_ring.data",
        "text_data_ring.head_lpos.counter", "text_data_ring.tail_lpos.counter",
    ]

    init(_ layout: KernelLayout) {
        self.layout = layout
        info = StructureForm("printk_info", ["seq", "ts_nsec", "text_len", "flags", "level"], layout)
        let members = ["state_var.counter", "text_blk_lpos.begin", "text_blk_lpos.next"]
        slot = StructureForm("prb_desc", members, layout)
        // The head of a text block is the descriptor that it belongs to.
        blockHead = StructureForm("atomic_long_t", ["counter"], layout)
        whole = StructureForm("printk_ringbuffer", Self.members, layout)
        head = (0 &- (Self.count + 1)) & Self.idMask
        tail = head
        textHead = 0 &- Self.textSize
        textTail = textHead
    }

    mutating func start() -> [MemoryPatch] {
        let last = Self.count - 1
        return [
            layout.number(layout.architecture.imageAddress(layout.image.ringBuffer), .prb, width: 8),
            MemoryPatch(address: layout.image.infos, bytes: info.bytes(0 &- Self.count)),
            descriptor(at: last, state: Self.reusable | head, begin: Self.noBlock, next: Self.noBlock),
            ring,
        ]
    }

    mutating func append(_ lines: [LogLine]) -> [MemoryPatch] {
        var patches: [MemoryPatch] = []
        for line in lines { append(line, &patches) }
        patches.append(ring)
        return patches
    }

    private mutating func append(_ line: LogLine, _ patches: inout [MemoryPatch]) {
        let text = Array(line.text.utf8.prefix(1024))
        let size = UInt64((8 + text.count + 7) / 8 * 8)
        let id = (head &+ 1) & Self.idMask
        if (id &- Self.count) & Self.idMask == tail { dropOldest(&patches) }

        let begin = textHead
        var next = begin &+ size
        // A block that would end right where the ring does counts as one that reaches beyond.
        let wraps = begin / Self.textSize != next / Self.textSize
        if wraps { next = next / Self.textSize * Self.textSize &+ size }
        while next &- textTail > Self.textSize { dropOldest(&patches) }

        var block = blockHead.bytes(id)
        if wraps { patches.append(textPatch(begin, block)) }
        block += text
        patches.append(textPatch(wraps ? next &- size : begin, block))

        let place = id % Self.count
        patches.append(
            MemoryPatch(
                address: layout.image.infos + place * UInt64(info.size),
                bytes: info.bytes(
                    sequence,
                    line.time &* 1000,
                    UInt64(text.count),
                    KernelLayout.newline,
                    UInt64(line.level)
                )
            )
        )
        patches.append(descriptor(at: place, state: Self.finalized | id, begin: begin, next: next))
        kept.append((id, begin, next))
        (head, textHead) = (id, next)
        sequence &+= 1
    }

    /// Gives the oldest descriptor, and its text, up for reuse.
    private mutating func dropOldest(_ patches: inout [MemoryPatch]) {
        if let oldest = kept.first, oldest.id == tail {
            kept.removeFirst()
            textTail = oldest.next
            patches.append(
                descriptor(
                    at: oldest.id % Self.count,
                    state: Self.reusable | oldest.id,
                    begin: oldest.begin,
                    next: oldest.next
                )
            )
        }
        tail = (tail &+ 1) & Self.idMask
    }

    private func descriptor(at place: UInt64, state: UInt64, begin: UInt64, next: UInt64) -> MemoryPatch {
        MemoryPatch(
            address: layout.image.descriptors + place * UInt64(slot.size),
            bytes: slot.bytes(state, begin, next)
        )
    }

    private func textPatch(_ position: UInt64, _ bytes: [UInt8]) -> MemoryPatch {
        MemoryPatch(address: layout.image.logText + position % Self.textSize, bytes: bytes)
    }

    /// The ring itself: everything in it is written anew.
    private var ring: MemoryPatch {
        func address(_ place: UInt64) -> UInt64 { layout.architecture.imageAddress(place) }
        return MemoryPatch(
            address: layout.image.ringBuffer,
            bytes: whole.bytes(
                UInt64(Self.descriptorBits),
                address(layout.image.descriptors),
                address(layout.image.infos),
                head,
                tail,
                head,
                sequence &- (sequence > 0 ? 1 : 0),
                UInt64(KernelLayout.logShift),
                address(layout.image.logText),
                textHead,
                textTail
            )
        )
    }
}
