import BinaryCodec
import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage

/// How the processors translate addresses.
public enum MMU: String, Sendable, Hashable, CaseIterable {
    case radix, hash
}

extension FadumpKernel {
    /// Finds room for additional parameters of the capture kernel: as high in memory as its firmware leaves memory
    /// alone.
    ///
    /// Source: `fadump_setup_param_area` (Linux 6.12, 7.2, fadump.c).
    mutating func placeParameterArea(_ parameters: BootParameters, _ hardware: inout Hardware) {
        guard case .unregistered(var area) = state, let rules = profile.reservation.parameterArea,
            let window = parameterWindow(rules, area, parameters.mmu ?? mmu)
        else { return }
        if realKernel != nil {
            placeParameterArea(rules.bytes, beside: area, hardware)
            return
        }
        let taken = [area.range, AddressRange(0, upTo: PhysicalAddress(profile.image.end))].compactMap { $0 }
        let free = taken.reduce(memory.joined.map { $0.intersection(window) }) { rest, range in
            rest.flatMap { $0.subtracting(range) }
        }
        for range in free.reversed() where range.count >= rules.bytes {
            let start = (range.end.rawValue - rules.bytes).alignedDown(to: rules.bytes)
            guard start >= range.start.rawValue else { continue }
            let room = AddressRange(PhysicalAddress(start), upTo: PhysicalAddress(start + rules.bytes))
            area.parameterArea = room
            state = .unregistered(area)
            hardware.ram.clear(room)
            return
        }
        if let messages = profile.messages.parameterArea { print(messages.noRoom, hardware) }
    }

    /// In a real kernel's memory there is room between the registers and the copy of boot memory, which no dump shows.
    private mutating func placeParameterArea(_ bytes: UInt64, beside area: ReservedArea, _ hardware: Hardware)
    {
        var area = area
        let end = area.bootMemoryCopy.alignedDown(to: bytes)
        guard end >= bytes, end - bytes >= area.hpte &+ area.hpteSize else {
            if let messages = profile.messages.parameterArea { print(messages.noRoom, hardware) }
            return
        }
        area.parameterArea = AddressRange(PhysicalAddress(end - bytes), upTo: PhysicalAddress(end))
        state = .unregistered(area)
        area.parameterArea.map(hardware.ram.clear)
    }

    /// Where the area may be; nil where the kernel does not even look.
    private func parameterWindow(
        _ rules: ParameterAreaRules,
        _ area: ReservedArea,
        _ mmu: MMU
    ) -> AddressRange? {
        guard mmu == .hash else {
            return AddressRange(PhysicalAddress(memory.end.rawValue / 2), upTo: memory.end)
        }
        let realMode = min(realModeArea, 1 << 30)
        guard realMode >= rules.leastRealModeArea else { return nil }
        switch rules.hashWindow {
        case .fixed(let start, let end):
            return AddressRange(PhysicalAddress(start), upTo: PhysicalAddress(end))
        case .belowBootMemory(let start):
            return AddressRange(
                PhysicalAddress(start),
                upTo: PhysicalAddress(min(realMode, area.bootMemoryTop))
            )
        }
    }

    /// The additional parameters, up to the first NUL; empty where there is no area.
    func additionalParameters(_ hardware: Hardware) -> [UInt8] {
        Self.text(in: state.area?.parameterArea, hardware)
    }

    static func text(in room: AddressRange?, _ hardware: Hardware) -> [UInt8] {
        guard let room, let bytes = try? hardware.ram.read(room) else { return [] }
        return Array(bytes.prefix { $0 != 0 })
    }

    /// A write to bootargs_append.
    ///
    /// Source: `bootargs_append_store` (Linux 6.12, fadump.c).
    mutating func appendParameters(_ bytes: [UInt8], _ hardware: inout Hardware) -> Result<Int, Errno> {
        if case .waiting = state { return .failure(.notPermitted) }
        guard let room = state.area?.parameterArea else { return .failure(.notPermitted) }
        guard bytes.count < room.count else { return .failure(.invalidArgument) }
        guard commandLine.text.utf8.count + bytes.count < room.count else {
            if let messages = profile.messages.parameterArea { print(messages.tooLong, hardware) }
            return .failure(.noSpace)
        }
        var text = Array(bytes.prefix { $0 != 0 })
        if bytes.last == UInt8(ascii: "\n"), text.count == bytes.count { text.removeLast() }
        let padding = Array(repeating: UInt8(0), count: Int(room.count) - text.count)
        write(text + padding, at: room.start.rawValue, &hardware)
        return .success(bytes.count)
    }
}

extension DumpSection.SourceDataType {
    /// Linux's own section for additional parameters. Source: Linux 6.12, rtas-fadump.h.
    static let parameterArea = DumpSection.SourceDataType(rawValue: 0x0100)
}

extension DumpMemoryStructure {
    /// Where the crashed kernel left parameters for this one.
    var parameterArea: AddressRange? {
        sections.first { $0.sourceDataType == .parameterArea }
            .flatMap { AddressRange(start: PhysicalAddress($0.destinationAddress), count: $0.sourceLength) }
    }
}
