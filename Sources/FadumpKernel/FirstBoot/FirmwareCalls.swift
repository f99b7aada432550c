import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage

/// A call of `ibm,configure-kernel-dump` and who waits for it.
struct PendingCall: Sendable {
    enum Purpose: String, Sendable, Hashable {
        case register
        case unregister
        /// Throws the waiting dump away and frees its memory.
        case invalidate
    }

    var purpose: Purpose
    /// Microseconds of uptime when the call was made first.
    var since: UInt64?
    /// After a successful unregistration the dump is registered anew, for the same request.
    var registersAgain = false
    /// The write to answer, with its length; nil for calls that the kernel makes by itself.
    var request: (id: RequestID, count: Int)?
}

/// A write that waits for the kernel's mutex.
struct QueuedWrite: Sendable {
    var attribute: Attribute
    var bytes: [UInt8]
    var request: RequestID
}

extension FadumpKernel {
    /// Calls firmware for `call`, in the way of the platform.
    mutating func callFirmware(_ call: PendingCall, _ hardware: inout Hardware) -> [Effect] {
        platform.call(call, &self, &hardware)
    }

    /// Calls RTAS. Where firmware is busy the call is made again after the time it asks for, and everything else that
    /// needs it waits in line.
    ///
    /// Source: `register_fw_dump` and its siblings (Linux 3.4): the loop around `rtas_call`.
    mutating func callRTAS(_ call: PendingCall, _ hardware: inout Hardware) -> [Effect] {
        let status = makeCall(call.purpose, &hardware)
        let since = call.since ?? hardware.uptime
        if let delay = status.retryDelayMilliseconds {
            guard hasTimedOut(since, hardware) else {
                pendingCall = call
                pendingCall?.since = since
                return [.wait(milliseconds: delay, .firmwareRetry)]
            }
            return giveUp(call, status, &hardware)
        }
        pendingCall = nil
        var effects = [Self.note(call.purpose, status)]
        if call.registersAgain { return effects + finishUnregistration(call, status, &hardware) }
        let result = finish(call.purpose, status, &hardware)
        if let request = call.request {
            effects.append(.answer(request.id, result.map { request.count }))
        }
        return effects + drainQueue(&hardware)
    }

    /// The event of a call that firmware answered; one that it was too busy for is not yet answered.
    private static func note(_ purpose: PendingCall.Purpose, _ status: RTASStatus) -> Effect {
        .note("firmware-called", ["call": purpose.rawValue, "status": String(status.rawValue)])
    }

    private func hasTimedOut(_ since: UInt64, _ hardware: Hardware) -> Bool {
        profile.interface.firmwareTimeout.map { hardware.uptime &- since >= $0 * 1000 } ?? false
    }

    /// Firmware was busy for too long: the call counts as failed.
    private mutating func giveUp(
        _ call: PendingCall,
        _ status: RTASStatus,
        _ hardware: inout Hardware
    ) -> [Effect] {
        pendingCall = nil
        if let message = profile.messages.firmwareTimedOut {
            print(message(call.purpose.rawValue), hardware)
        }
        if call.purpose == .invalidate { finishInvalidation(refusal: status.refusal, &hardware) }
        var effects = [Self.note(call.purpose, status)]
        if let request = call.request { effects.append(.answer(request.id, .failure(.timedOut))) }
        return effects + drainQueue(&hardware)
    }

    private mutating func finishUnregistration(
        _ call: PendingCall,
        _ status: RTASStatus,
        _ hardware: inout Hardware
    ) -> [Effect] {
        _ = finish(.unregister, status, &hardware)
        return register(call.request, &hardware)
    }

    /// Lets the writes that waited for the mutex go on, until one of them waits for firmware in turn.
    private mutating func drainQueue(_ hardware: inout Hardware) -> [Effect] {
        var effects: [Effect] = []
        while pendingCall == nil, !queue.isEmpty {
            let next = queue.removeFirst()
            effects += write(next.attribute, next.bytes, next.request, &hardware)
        }
        return effects
    }

    private mutating func makeCall(_ purpose: PendingCall.Purpose, _ hardware: inout Hardware) -> RTASStatus {
        let area = state.area
        let buffer = PhysicalAddress(profile.image.dumpMemoryStructure)
        // The structure lies in the kernel's own memory; it cannot be frozen there, and it always fits.
        let bytes = area.map { DumpMemoryStructure(registering: $0).bytes } ?? []
        let command: ConfigureKernelDumpCommand =
            switch purpose {
            case .register: .register
            case .unregister: .unregister
            case .invalidate: .invalidate
            }
        return lending(bytes, at: buffer.rawValue, &hardware) { hardware in
            hardware.firmware.configureKernelDump(
                command: command,
                buffer: buffer,
                length: UInt64(bytes.count),
                ram: hardware.ram
            )
        }
    }

    private mutating func finish(
        _ purpose: PendingCall.Purpose,
        _ status: RTASStatus,
        _ hardware: inout Hardware
    ) -> Result<Void, Errno> {
        switch purpose {
        case .register: return finishRegistration(status, hardware)
        case .unregister:
            if status == .success {
                if let area = state.area { state = .unregistered(area) }
            } else {
                print(profile.messages.unregistrationFailed(status.rawValue), hardware)
            }
            return .success(())
        case .invalidate:
            finishInvalidation(refusal: status.refusal, &hardware)
            return .success(())
        }
    }
}

extension DumpMemoryStructure {
    /// What the kernel registers for `area`: CPU state, HPTEs and boot memory, each with its place in the area, and the
    /// parameters of the capture kernel, which stay where they are.
    ///
    /// Source: `init_fadump_mem_struct` (Linux 3.4, fadump.c).
    init(registering area: ReservedArea) {
        self.init(sections: [
            DumpSection(sourceDataType: .cpuState, sourceLength: area.cpuSize, destinationAddress: area.cpu),
            DumpSection(sourceDataType: .hpte, sourceLength: area.hpteSize, destinationAddress: area.hpte),
        ])
        var destination = area.bootMemoryCopy
        for range in area.bootMemory {
            sections.append(
                DumpSection(
                    sourceDataType: .realModeRegion,
                    sourceAddress: range.start.rawValue,
                    sourceLength: range.count,
                    destinationAddress: destination
                )
            )
            destination &+= range.count
        }
        guard let parameters = area.parameterArea else { return }
        sections.append(
            DumpSection(
                sourceDataType: .parameterArea,
                sourceAddress: parameters.start.rawValue,
                sourceLength: parameters.count,
                destinationAddress: parameters.start.rawValue
            )
        )
    }
}
