import BinaryCodec
import PhysicalMemory

extension PowerFirmware {
    /// The machine starts again: registered ranges and OPAL's own memory are preserved at their destinations, the registers of
    /// all threads are saved, and all other memory stays what it is.
    ///
    /// Nothing is copied, as with every dump here. A range that is no memory is passed over: OPAL's table of results, which
    /// would tell, is read by nobody. The order of the events is that of skiboot's doc/mpipl.rst.
    mutating func preserveMemory(_ cpus: [CPUState], _ ram: inout PhysicalRAM) -> [FirmwareEvent] {
        let places = opalMemory
        let own = PreservedRange(
            source: places.own.start.rawValue,
            destination: places.copy.start.rawValue,
            size: places.own.count
        )
        let ranges = mpipl.ranges
        var events = ranges.map { preserve($0, "memory-range", &ram) }
        events.append(preserve(own, "opal", &ram))
        let saved = saveThreads(cpus, ram)
        events.append(Self.saved("thread-registers", saved.size, at: places.registers.start.rawValue))
        ram.freeze(AddressRange(0, upTo: ram.map.end))
        // OPAL and the kernel that it starts get fresh memory, but where something was saved to.
        let kept = (ranges + [own]).compactMap(\.target) + [places.registers]
        for range in (ranges + [own]).compactMap(\.origin) {
            let free = kept.reduce([range]) { rest, taken in rest.flatMap { $0.subtracting(taken) } }
            for part in free where (try? ram.renew(part)) == nil {
                events.append(FirmwareEvent("host-failure", ["doing": "boot memory"]))
            }
        }
        leaveTags(own, saved, ram)
        return events + [
            FirmwareEvent("hardware-reset", ["what": "PCI and other hardware"]),
            FirmwareEvent("memory-preserved", ["cleared": "no"]),
            FirmwareEvent("bootloader-launched"),
        ]
    }

    private func preserve(_ range: PreservedRange, _ type: String, _ ram: inout PhysicalRAM) -> FirmwareEvent
    {
        guard let source = range.origin,
            (try? ram.alias(source, at: PhysicalAddress(range.destination))) != nil
        else { return Self.saved(type, 0, at: range.destination) }
        return Self.saved(type, range.size, at: range.destination)
    }

    private static func saved(_ type: String, _ bytes: UInt64, at destination: UInt64) -> FirmwareEvent {
        let place = PhysicalAddress(destination).description
        return FirmwareEvent(
            "section-saved",
            ["type": type, "bytes": String(bytes), "error-flags": "0x0", "destination": place]
        )
    }

    /// Registers of every thread that the machine has room for, as far as the fault plan allows.
    private func saveThreads(_ cpus: [CPUState], _ ram: PhysicalRAM) -> (size: UInt64, entrySize: UInt32) {
        let place = opalMemory.registers
        let threads = (0..<UInt32(clamping: configuration.maximumCPUs)).map { ProcessorID.pir(ofCPU: $0) }
        let running = cpus.map { cpu in
            var saved = cpu.saved
            saved.logicalID = ProcessorID.pir(ofCPU: cpu.logicalID)
            return saved
        }
        let bytes = ThreadRegisters.bytes(running, threads: threads)
        ram.clear(place)
        let isSaved = UInt64(bytes.count) <= place.count && (try? ram.write(bytes, at: place.start)) != nil
        let size = isSaved ? UInt64(bytes.count) : 0
        let entrySize = UInt32(clamping: ThreadRegisters.entrySize)
        return switch faults.sections[.cpu] {
        case .empty: (0, entrySize)
        case .short(let bytes): (size - min(bytes, size), entrySize)
        case .corrupt: (size, 0)
        case .flags, nil: (size, entrySize)
        }
    }

    /// Writes the descriptions that the tags lead to into OPAL's fresh memory.
    private mutating func leaveTags(
        _ own: PreservedRange,
        _ saved: (size: UInt64, entrySize: UInt32),
        _ ram: PhysicalRAM
    ) {
        let heap = opalMemory.heap
        let registers = opalMemory.registers.start.rawValue
        var opal = OPALDumpDescription([own])
        opal.crashingThread = mpipl.crashingThread ?? 0
        var cpu = OPALDumpDescription([
            PreservedRange(source: registers, destination: registers, size: saved.size)
        ])
        cpu.registerVersion = ThreadRegisters.version
        cpu.entrySize = saved.entrySize
        var tags = mpipl.registeredTags
        for (tag, description, place) in [(MPIPLTag.opal, opal, heap), (.cpu, cpu, heap &+ 0x100)] {
            guard description.ranges.allSatisfy({ $0.size > 0 }) else { continue }
            tags[tag] = (try? ram.write(description.bytes, at: place)) == nil ? nil : place.rawValue
        }
        mpipl = MemoryPreservingIPL()
        mpipl.tags = tags
    }
}

extension PreservedRange {
    var origin: AddressRange? { AddressRange(start: PhysicalAddress(source), count: size) }
    var target: AddressRange? { AddressRange(start: PhysicalAddress(destination), count: size) }
}
