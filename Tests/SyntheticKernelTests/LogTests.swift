import BinaryCodec
import KernelProfile
import PhysicalMemory
import Testing

@testable import SyntheticKernel

@Suite("The log in memory")
struct LogTests {
    /// A kernel that printed `count` lines, a few at a time; the longer ones wrap around the ring soon.
    private func boot(
        _ profile: KernelProfile,
        _ endianness: Endianness,
        lines count: Int
    ) throws -> (KernelLayout, PhysicalRAM, [LogLine]) {
        let layout = KernelLayout(profile, endianness, pageSize: 65536)
        let ram = try PhysicalRAM(map: MemoryMap(size: 64 << 20))
        var memory = KernelMemory(layout, radix: false)
        try memory.writeImage(memoryEnd: 64 << 20, in: ram)
        let lines = (0..<count).map { index in
            let text = "message \(index) " + String(repeating: "x", count: index % 97)
            return LogLine(level: UInt8(index % 8), time: UInt64(index) * 1_000_001, text: text)
        }
        for end in stride(from: 40, to: count + 40, by: 40) {
            try memory.keepLog(count: min(end, count), { lines[$0] }, in: ram)
        }
        return (layout, ram, lines)
    }

    private func number(_ ram: PhysicalRAM, _ layout: KernelLayout, at address: UInt64, _ width: Int) throws
        -> UInt64
    {
        var reader = BinaryReader(
            try ram.read(at: PhysicalAddress(address), count: width),
            layout.endianness
        )
        return width == 8 ? try reader.u64("number") : UInt64(try reader.u32("number"))
    }

    private func symbol(_ name: String, _ ram: PhysicalRAM, _ layout: KernelLayout, _ width: Int) throws
        -> UInt64
    {
        try number(ram, layout, at: #require(layout.symbol(name)).address, width)
    }

    @Test("3.4 has lines with their level in front, byte for byte", arguments: [5, 2500])
    func text(count: Int) throws {
        let (layout, ram, lines) = try boot(.linux34, .big, lines: count)
        let wanted = lines.map { line in "<\(line.level)>[\(line.timestamp)] \(line.text)\n" }.joined()
        let end = try symbol("log_end", ram, layout, 4)
        let length = try symbol("log_buf_len", ram, layout, 4)
        let kept = try symbol("logged_chars", ram, layout, 4)
        #expect(length == 1 << 17)
        #expect(end == UInt64(wanted.utf8.count))
        #expect(kept == min(end, length))
        let ring = try ram.read(at: PhysicalAddress(layout.image.logText), count: Int(length))
        let bytes = (end - kept..<end).map { ring[Int($0 % length)] }
        #expect(bytes == Array(wanted.utf8.suffix(Int(kept))))
    }

    @Test(
        "kernels from 3.5 to 5.9 have records, the oldest first, none cut at the end of the ring",
        arguments: [(KernelProfile.linux310, 5), (.linux44, 2500), (.linux54, 2500)]
    )
    func records(profile: KernelProfile, count: Int) throws {
        let endianness = try #require(profile.endiannesses.first)
        let (layout, ram, lines) = try boot(profile, endianness, lines: count)
        let ring = try ram.read(at: PhysicalAddress(layout.image.logText), count: 1 << 17)
        var place = Int(try symbol("log_first_idx", ram, layout, 4))
        let end = Int(try symbol("log_next_idx", ram, layout, 4))
        var found: [LogLine] = []
        while place != end {
            var reader = BinaryReader(ring[place...], endianness)
            let time = try reader.u64("ts_nsec")
            let length = Int(try reader.u16("len"))
            let text = Int(try reader.u16("text_len"))
            #expect(try reader.u16("dict_len") == 0)
            _ = try reader.u8("facility")
            let bits = try reader.u8("flags and level")
            if length == 0 {
                place = 0
                continue
            }
            let level = endianness == .little ? bits >> 5 : bits & 7
            let bytes = try reader.bytes(text, "text")
            found.append(
                LogLine(level: level, time: time / 1000, text: String(decoding: bytes, as: UTF8.self))
            )
            place += length
        }
        #expect(found == lines.suffix(found.count))
        #expect(found.count > min(count, 1000) - 1)
    }

    @Test(
        "kernels since 5.10 have a ring of descriptors and one of text, with consecutive numbers",
        arguments: [(KernelProfile.linux510, 5), (.linux61, 2500), (.linux72, 4300)]
    )
    func ringBuffer(profile: KernelProfile, count: Int) throws {
        for endianness in profile.endiannesses.prefix(count > 5 ? 1 : 2) {
            let (layout, ram, lines) = try boot(profile, endianness, lines: count)
            let ring = layout.image.ringBuffer
            func member(_ structure: String, _ name: String) -> UInt64 {
                UInt64(layout.offset(structure, name) ?? 0)
            }
            let data = ring + member("printk_ringbuffer", "text_data_ring")
            let head = try number(ram, layout, at: ring + member("prb_desc_ring", "head_id"), 8)
            let tail = try number(ram, layout, at: ring + member("prb_desc_ring", "tail_id"), 8)
            let bits = try number(ram, layout, at: data, 4)
            let mask: UInt64 = ~0 >> 2
            var found: [LogLine] = []
            var sequence: UInt64?
            var id = tail
            while id != (head &+ 1) & mask {
                let place = id & 4095
                let descriptor = layout.image.descriptors + place * 24
                let state = try number(ram, layout, at: descriptor, 8)
                if state >> 62 == 2 {
                    #expect(state & mask == id)
                    let begin = try number(ram, layout, at: descriptor + 8, 8)
                    let next = try number(ram, layout, at: descriptor + 16, 8)
                    let info = layout.image.infos + place * 88
                    let number = try number(ram, layout, at: info, 8)
                    #expect(sequence == nil || number == (sequence ?? 0) + 1)
                    sequence = number
                    // Text that would have crossed the end of the ring is at its start.
                    let wraps = begin >> bits != (next &- 1) >> bits
                    let text = layout.image.logText + (wraps ? 0 : begin & ((1 << bits) - 1))
                    #expect(try self.number(ram, layout, at: text, 8) == id)
                    var reader = BinaryReader(try ram.read(at: PhysicalAddress(info), count: 88), endianness)
                    try reader.skip(8, "seq")
                    let time = try reader.u64("ts_nsec")
                    let length = Int(try reader.u16("text_len"))
                    try reader.skip(1, "facility")
                    let flags = try reader.u8("flags and level")
                    let bytes = try ram.read(at: PhysicalAddress(text + 8), count: length)
                    found.append(
                        LogLine(
                            level: endianness == .little ? flags >> 5 : flags & 7,
                            time: time / 1000,
                            text: String(decoding: bytes, as: UTF8.self)
                        )
                    )
                }
                id = (id &+ 1) & mask
            }
            #expect(found == lines.suffix(found.count))
            #expect(found.count > min(count, 1000) - 1)
            #expect(sequence == UInt64(count - 1))
        }
    }
}
