/// Where the parts of a kdump-compressed file lie, all of them checked to be in the file.
struct KdumpPlaces: Sendable {
    /// Of the second header.
    let subHeader: UInt64
    /// Of the first bitmap; the second one follows it.
    let bitmaps: UInt64
    /// Bytes of one bitmap.
    let bitmapSize: UInt64
    /// Of the descriptor of the first page.
    let descriptors: UInt64
    /// One more than the last page frame.
    let frames: UInt64

    /// Page frame numbers take 51 bits of address on Power (MAX_PHYSMEM_BITS of Linux 7.2); twice is enough.
    private static let addressBits: UInt64 = 52

    /// Errors: more frames than the bitmaps have bits, or bitmaps that are not all in the file.
    init(_ front: KdumpFront, _ file: any DumpBytes) throws(DumpFailure) {
        let header = front.first
        let block = UInt64(header.blockSize)
        // None of these can overflow: 32-bit counts of blocks that are at most 2^18 bytes.
        subHeader = block
        bitmaps = block * (1 + UInt64(header.subHeaderBlocks))
        bitmapSize = block * UInt64(header.bitmapBlocks) / 2
        descriptors = bitmaps + block * UInt64(header.bitmapBlocks)
        try file.demand(bitmaps, 2 * bitmapSize, "bitmaps")
        let isLong = header.version >= 6
        frames = isLong ? front.second.frameLimit : UInt64(header.frameLimit)
        guard frames <= bitmapSize * 8, frames <= (1 << Self.addressBits) / block else {
            throw file.invalid(
                isLong ? "max_mapnr_64" : "max_mapnr",
                isLong ? subHeader + KdumpSubHeader.frameLimitOffset : KdumpHeader.frameLimitOffset,
                "\(frames) page frames, but bitmaps of \(bitmapSize) bytes"
            )
        }
    }
}
