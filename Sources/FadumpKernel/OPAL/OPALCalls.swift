import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage

extension FadumpKernel {
    /// Registers, unregisters or throws a dump away. OPAL answers at once, so nobody waits in line.
    ///
    /// Source: `opal_fadump_register`, `opal_fadump_unregister`, `opal_fadump_invalidate` (Linux 5.4, opal-fadump.c).
    mutating func callOPAL(
        _ call: PendingCall,
        _ platform: OPALPlatform,
        _ hardware: inout Hardware
    ) -> [Effect] {
        var result: Result<Void, Errno> = .success(())
        let status: OPALStatus
        switch call.purpose {
        case .register:
            status = registerRanges(&hardware)
            if let failure = finishRegistration(status, platform, &hardware) { result = .failure(failure) }
        case .unregister: status = removeRanges(&hardware)
        case .invalidate:
            status = hardware.firmware.mpiplUpdate(.freePreservedMemory, ram: hardware.ram)
            finishInvalidation(refusal: status.refusal, &hardware)
            if let area = state.area, !platform.setUp(area, &self, &hardware) {
                print(platform.messages.setUpFailed, hardware)
            }
        }
        let details = ["call": call.purpose.rawValue, "status": String(status.rawValue)]
        let effects = [Effect.note("firmware-called", details)]
        if call.registersAgain { return effects + register(call.request, &hardware) }
        return effects
            + (call.request.map { request in [.answer(request.id, result.map { request.count })] } ?? [])
    }

    /// Hands the ranges over one by one until one is refused, and counts in memory how many were not.
    private mutating func registerRanges(_ hardware: inout Hardware) -> OPALStatus {
        guard let area = state.area else { return .parameter }
        var metadata = OPALMetadata(area, registered: registeredRanges(of: area, hardware))
        var status = OPALStatus.parameter
        for range in metadata.ranges {
            status = hardware.firmware.mpiplUpdate(.addRange(range), ram: hardware.ram)
            guard status == .success else { break }
            metadata.registered += 1
        }
        write(metadata.bytes, at: area.metadata, &hardware)
        return status
    }

    /// What the answer means: the message, the state, and why the write fails; nil where it does not.
    private mutating func finishRegistration(
        _ status: OPALStatus,
        _ platform: OPALPlatform,
        _ hardware: inout Hardware
    ) -> Errno? {
        guard let area = state.area else { return .ioError }
        let registered = registeredRanges(of: area, hardware)
        let number = Int32(clamping: status.rawValue)
        switch status {
        case .success:
            print(profile.messages.registered, hardware)
            state = .registered(area)
            return nil
        case .resource:
            // Some ranges are better than none.
            print(platform.messages.rangesLeftOut(area.bootMemory.count - registered), hardware)
            state = .registered(area)
            return nil
        case .parameter: print(profile.messages.registrationParameterError(number), hardware)
        case .hardware:
            print(platform.messages.notSupported, hardware)
            state = .withdrawn(area)
        default:
            if let unknown = profile.messages.unknownRegistrationError { print(unknown(number), hardware) }
        }
        if registered > 0 { _ = removeRanges(&hardware) }
        return .ioError
    }

    private mutating func removeRanges(_ hardware: inout Hardware) -> OPALStatus {
        let status = hardware.firmware.mpiplUpdate(.removeAll, ram: hardware.ram)
        guard status == .success else {
            print(profile.messages.unregistrationFailed(Int32(clamping: status.rawValue)), hardware)
            return status
        }
        guard let area = state.reservedArea else { return status }
        write(OPALMetadata(area, registered: 0).bytes, at: area.metadata, &hardware)
        if case .registered = state { state = .unregistered(area) }
        return status
    }

    private func registeredRanges(of area: ReservedArea, _ hardware: Hardware) -> Int {
        OPALMetadata(at: area.metadata, hardware)?.registered ?? 0
    }
}
