import CoreFile
import KernelProfile
import PhysicalMemory

extension FadumpKernel {
    /// How memory would have to lie in a store for that to be /proc/vmcore after a crash of this boot: in the order of the
    /// core file, behind room for its headers and notes. Nil where no dump can come of this boot, or none that shows every
    /// byte once.
    ///
    /// Foreseen as things stand: every CPU that is online gets a note, and VMCOREINFO is what is in memory, dated. The
    /// dump is not bound by it; one that comes out otherwise lies otherwise.
    public func foreseenDump(_ hardware: Hardware) -> StoreLayout? {
        guard let memory = foreseenSegments,
            let places = try? CoreFile.predictedPlaces(
                noteSize: foreseenNoteSize(hardware),
                segments: memory.segments,
                layout: coreLayout
            ), let last = places.last
        else { return nil }
        // What is in the copy after the crash is in boot memory now.
        let parts = places.flatMap { place in
            memory.boot.origins(of: place.shown).map { origin in
                StoreLayout.Part(range: origin.range, offset: place.offset + origin.distance)
            }
        }
        return StoreLayout(parts, of: hardware.ram.map, size: last.offset + last.shown.count)
    }

    private var foreseenSegments: (segments: [CoreSegment], boot: CopiedMemory)? {
        if case .unregistered(let area) = state { return foreseenSegments(area) }
        if case .registered(let area) = state { return foreseenSegments(area) }
        guard let reserved = kdump.reservedRange else { return nil }
        return (kdumpSegments(without: reserved), CopiedMemory([], at: 0))
    }

    private func foreseenSegments(_ area: ReservedArea) -> (segments: [CoreSegment], boot: CopiedMemory)? {
        let boot = CopiedMemory(area)
        let header = CoreHeader(
            CrashMemory(memory, boot: boot, area: area.range, profile.core),
            boot: boot,
            note: (boot.place(of: vmcoreinfoAddress), vmcoreinfoSize),
            architecture
        )
        guard let segments = try? segments(of: header.programHeaders) else { return nil }
        return (segments, boot)
    }

    private func foreseenNoteSize(_ hardware: Hardware) -> UInt64 {
        let cpu = architecture.registerNotes.note(PowerRegisters(), endianness).byteCount
        let info = vmcoreinfo(at: vmcoreinfoAddress, hardware).map { dated($0, hardware).note.byteCount }
        return UInt64(hardware.onlineCPUs.count * cpu + (info ?? 0))
    }
}

extension CopiedMemory {
    /// Where the bytes are before the crash that are in `window` after it, and how far into `window` each run begins.
    func origins(of window: AddressRange) -> [(range: AddressRange, distance: UInt64)] {
        var origins: [(range: AddressRange, distance: UInt64)] = []
        var inPlace = [window]
        var place = copy
        for range in ranges {
            if let copied = AddressRange(start: PhysicalAddress(place), count: range.count) {
                let part = copied.intersection(window)
                if !part.isEmpty {
                    let start = range.start &+ (part.start.rawValue - place)
                    let origin = AddressRange(start, upTo: start &+ part.count)
                    origins.append((origin, part.start.rawValue - window.start.rawValue))
                }
                inPlace = inPlace.subtracting(copied)
            }
            place &+= range.count
        }
        return origins + inPlace.map { ($0, $0.start.rawValue - window.start.rawValue) }
    }
}
