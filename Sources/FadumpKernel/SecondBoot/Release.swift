import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage

extension FadumpKernel {
    /// Releases the dump: /proc/vmcore goes first, then firmware forgets the dump, then the memory is free.
    ///
    /// Source: `fadump_release_memory_store`, `fadump_invalidate_release_mem` (Linux 3.4, fadump.c).
    mutating func release(_ request: (id: RequestID, count: Int), _ hardware: inout Hardware) -> [Effect] {
        guard case .waiting(var dump) = state else { return [.answer(request.id, .failure(.notPermitted))] }
        dump.core = nil
        state = .waiting(dump)
        let call = PendingCall(purpose: .invalidate, request: request)
        return [.note("vmcore-removed", [:])] + callFirmware(call, &hardware)
    }

    /// Frees the memory of the dump but for the area that the next registration needs. Where firmware refused to
    /// invalidate, the memory is freed all the same, but the dump stays active.
    ///
    /// `refusal` is the number that firmware refused with, RTAS's or OPAL's; nil where it did as it was told.
    mutating func finishInvalidation(refusal: Int32?, _ hardware: inout Hardware) {
        guard case .waiting(var dump) = state else { return }
        if let refusal { print(profile.messages.invalidationFailed(refusal), hardware) }
        freeMemory(of: dump, &hardware)
        if refusal == nil {
            state = .unregistered(dump.area)
        } else {
            dump.core = nil
            dump.heldFrom = memory.end.rawValue
            state = .waiting(dump)
        }
    }

    private mutating func freeMemory(of dump: WaitingDump, _ hardware: inout Hardware) {
        hardware.ram.reclaimFrozen()
        // Parameters lie in memory that somebody else has from now on.
        if let parameters = dump.area.parameterArea { hardware.ram.clear(parameters) }
        guard let message = profile.messages.memoryFreed else { return }
        for range in freedMemory(of: dump, hardware.firmware) {
            print(message(range.start.rawValue, range.end.rawValue), hardware)
        }
    }
}
