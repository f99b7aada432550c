import PhysicalMemory

extension PowerFirmware {
    /// Bytes that are copied at a time.
    private static var step: UInt64 { 1 << 20 }

    /// Saves a section of the operating system's own, or the text that it identifies itself with.
    ///
    /// The bytes are copied, where source and destination differ: the source is not renewed for the next kernel as
    /// boot memory is, and memory that shows at two addresses would change at both once the dump is released.
    /// Source: LoPAR, ibm,configure-kernel-dump, source data types 0x0012 and 0x0100 to 0xffff.
    func copy(_ section: inout DumpSection, _ ram: PhysicalRAM) {
        let source = AddressRange(start: PhysicalAddress(section.sourceAddress), count: section.sourceLength)
        guard let source, ram.map.contains(source) else {
            section.errorFlags.insert(.invalidSource)
            return
        }
        let target = AddressRange(start: PhysicalAddress(section.destinationAddress), count: source.count)
        guard let target, ram.map.contains(target), move(source, to: target, ram) else {
            section.errorFlags.insert(.invalidDestination)
            return
        }
        section.bytesDumped = section.sourceLength
    }

    /// Moves bytes within RAM; the ranges, of one length and both memory, may overlap. False where the host fails.
    private func move(_ source: AddressRange, to target: AddressRange, _ ram: PhysicalRAM) -> Bool {
        guard source.start != target.start else { return true }
        let steps = source.count / Self.step + (source.count % Self.step == 0 ? 0 : 1)
        for number in 0..<steps {
            // From the end where the target lies behind, so that nothing is overwritten before it is read.
            let offset = (target.start > source.start ? steps - 1 - number : number) * Self.step
            let count = min(Self.step, source.count - offset)
            let from = AddressRange(source.start &+ offset, upTo: source.start &+ (offset + count))
            let to = AddressRange(target.start &+ offset, upTo: target.start &+ (offset + count))
            guard let bytes = try? ram.read(from) else { return false }
            if bytes.allSatisfy({ $0 == 0 }) {
                // Zeros take no storage.
                ram.clear(to)
            } else if (try? ram.write(bytes, at: to.start)) == nil {
                return false
            }
        }
        return true
    }
}
