import BinaryCodec
import CoreFile

@testable import DumpFormats

/// Builds kdump-compressed files as makedumpfile lays them out.
struct KdumpBuilder {
    enum Page {
        /// In no bitmap.
        case noMemory
        /// In the first bitmap only.
        case filtered
        /// In both, filled with this byte, stored as it is.
        case stored(UInt8)
        /// In both, stored as these bytes.
        case compressed(PageFlags, [UInt8])
        /// In both, without a descriptor: what an incomplete file lacks.
        case lost
    }

    var pages: [Page]
    var endianness = Endianness.little
    var version: UInt32 = 6
    var status: PageFlags = []
    /// The frames of this file in a split set.
    var split: Range<Int>?
    var information = "OSRELEASE=7.2.13\nPAGESIZE=4096\n"
    var notes: [ELFNote] = []
    let blockSize = 4096

    init(_ pages: [Page]) { self.pages = pages }

    func bytes() -> [UInt8] {
        var header = KdumpHeader(
            endianness: endianness,
            version: version,
            systemName: [
                "Linux", "node", "7.2.13-fadump", "#1", endianness == .little ? "ppc64le" : "ppc64", "",
            ],
            status: status,
            blockSize: UInt32(blockSize),
            bitmapBlocks: 2,
            frameLimit: version >= 6 ? 0 : UInt32(pages.count)
        )
        // VMCOREINFO and notes follow the second header in its blocks.
        header.subHeaderBlocks = 2
        var list = BinaryWriter(endianness)
        NoteList(notes).write(to: &list)
        var second = KdumpSubHeader()
        second.dumpLevel = 31
        second.split = split == nil ? 0 : 1
        second.frames = split.map { (UInt64($0.lowerBound), UInt64($0.upperBound)) } ?? (0, 0)
        second.information = (UInt64(blockSize + 104), UInt64(information.utf8.count))
        second.notes = (UInt64(blockSize + 104 + information.utf8.count), UInt64(list.count))
        second.frameLimit = UInt64(pages.count)

        var writer = BinaryWriter(endianness)
        header.write(to: &writer)
        writer.pad(toMultipleOf: blockSize)
        second.write(to: &writer, version: version)
        writer.put(Array(information.utf8))
        writer.put(list.bytes)
        writer.pad(3 * blockSize - writer.count)
        writer.put(bitmap { if case .noMemory = $0 { false } else { true } })
        writer.put(
            bitmap { page in
                switch page {
                case .noMemory, .filtered: false
                case .stored, .compressed, .lost: true
                }
            }
        )
        put(pages: split.map { Array(pages[$0.clamped(to: pages.indices)]) } ?? pages, to: &writer)
        return writer.bytes
    }

    private func bitmap(_ isSet: (Page) -> Bool) -> [UInt8] {
        var bits = [UInt8](repeating: 0, count: blockSize)
        for (index, page) in pages.enumerated() where isSet(page) { bits[index / 8] |= 1 << UInt8(index % 8) }
        return bits
    }

    private func put(pages: [Page], to writer: inout BinaryWriter) {
        var stored: [(PageFlags, [UInt8])?] = []
        for page in pages {
            switch page {
            case .noMemory, .filtered: continue
            case .stored(let byte): stored.append(([], Array(repeating: byte, count: blockSize)))
            case .compressed(let flags, let bytes): stored.append((flags, bytes))
            case .lost: stored.append(nil)
            }
        }
        var offset = UInt64(writer.count + stored.count * PageDescriptor.byteCount)
        for page in stored {
            let descriptor = PageDescriptor(
                offset: page == nil ? 0 : offset,
                size: UInt32(page?.1.count ?? 0),
                flags: page?.0 ?? []
            )
            descriptor.write(to: &writer)
            offset += UInt64(page?.1.count ?? 0)
        }
        for page in stored { writer.put(page?.1 ?? []) }
    }

    /// The same as `makedumpfile -F` writes it: in records, the first one last.
    static func flattened(_ bytes: [UInt8], pieces: Int = 5) -> [UInt8] {
        var writer = BinaryWriter(.big)
        writer.put(FlattenedBytes.magic)
        writer.put(UInt64(1))
        writer.put(UInt64(1))
        writer.pad(4096 - writer.count)
        let length = (bytes.count + pieces - 1) / pieces
        for start in stride(from: 0, to: bytes.count, by: length).reversed() {
            let piece = bytes[start...].prefix(length)
            writer.put(UInt64(start))
            writer.put(UInt64(piece.count))
            writer.put(Array(piece))
        }
        writer.put(UInt64.max)
        writer.put(UInt64.max)
        return writer.bytes
    }
}
