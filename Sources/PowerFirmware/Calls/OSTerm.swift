import PhysicalMemory

/// How ibm,os-term ends.
public enum OSTermOutcome: Sendable, Hashable {
    /// The call returns to the operating system.
    case returns(RTASStatus)
    /// A dump is registered, so the call does not return: firmware takes the dump.
    case dump
}

extension PowerFirmware {
    /// The RTAS call ibm,os-term, with the extended behaviour: it returns unless a kernel dump is registered.
    ///
    /// `message` is the address of a text that ends in a NUL; what it says is kept for the event log.
    /// Source: LoPAR, ibm,os-term and ibm,extended-os-term.
    public mutating func osTerm(message: PhysicalAddress, ram: PhysicalRAM) -> OSTermOutcome {
        terminationMessage = text(at: message, ram)
        if let status = faults.answer(to: .osTerm) { return .returns(status) }
        return registration == nil ? .returns(.success) : .dump
    }

    private func text(at address: PhysicalAddress, _ ram: PhysicalRAM) -> String? {
        // The buffer may lie at the end of memory; what is there of it counts.
        let buffer = AddressRange(address, upTo: address &+ 2048)
        guard let first = ram.map.intersection(buffer).first, first.start == address,
            let bytes = try? ram.read(first)
        else { return nil }
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
