import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage

extension FadumpKernel {
    /// Registers, unregisters or throws a dump away where OPAL is the firmware, which is never busy.
    ///
    /// Source: `opal_fadump_register`, `opal_fadump_unregister`, `opal_fadump_invalidate` (Linux 5.4, opal-fadump.c).
    mutating func callOPAL(_ call: PendingCall, _ hardware: inout Hardware) -> [Effect] {
        var result: Result<Void, Errno> = .success(())
        let status: OPALStatus
        switch call.purpose {
        case .register: (status, result) = registerRanges(&hardware)
        case .unregister: status = removeRanges(&hardware)
        case .invalidate:
            status = hardware.firmware.mpiplUpdate(.freePreservedMemory)
            finishInvalidation(RTASStatus(rawValue: Int32(clamping: status.rawValue)), &hardware)
            setUpMetadata(&hardware)
        }
        let details = ["call": call.purpose.rawValue, "status": String(status.rawValue)]
        let effects = [Effect.note("firmware-called", details)]
        if call.registersAgain { return effects + register(call.request, &hardware) }
        return effects
            + (call.request.map { request in [.answer(request.id, result.map { request.count })] } ?? [])
    }

    /// Tells OPAL where the kernel's metadata is, and what of memory a later kernel may boot in.
    ///
    /// Source: `opal_fadump_setup_metadata`.
    mutating func setUpMetadata(_ hardware: inout Hardware) {
        guard let opal = profile.opal, case .unregistered(let area) = state, area.metadataSize > 0 else {
            return
        }
        print(opal.messages.metadata(area.metadata), hardware)
        writeMetadata(of: area, registered: 0, &hardware)
        _ = hardware.firmware.mpiplRegisterTag(.kernel, area.metadata)
        _ = hardware.firmware.mpiplRegisterTag(.bootMemory, area.bootMemoryTop)
    }

    private mutating func registerRanges(_ hardware: inout Hardware) -> (OPALStatus, Result<Void, Errno>) {
        guard let opal = profile.opal, let area = state.area else { return (.parameter, .failure(.ioError)) }
        var status = OPALStatus.success
        var registered = 0
        for range in OPALMetadata.ranges(of: area) {
            status = hardware.firmware.mpiplUpdate(.addRange(range))
            guard status == .success else { break }
            registered += 1
        }
        writeMetadata(of: area, registered: registered, &hardware)
        switch status {
        case .success, .resource:
            let left = area.bootMemory.count - registered
            print(left == 0 ? profile.messages.registered : opal.messages.rangesLeftOut(left), hardware)
            state = .registered(area)
            return (status, .success(()))
        case .parameter:
            print(profile.messages.registrationParameterError(Int32(clamping: status.rawValue)), hardware)
        case .hardware:
            print(opal.messages.notSupported, hardware)
            state = .unsupported
        default:
            if let unknown = profile.messages.unknownRegistrationError {
                print(unknown(Int32(clamping: status.rawValue)), hardware)
            }
        }
        if registered > 0 { _ = hardware.firmware.mpiplUpdate(.removeAll) }
        return (status, .failure(.ioError))
    }

    private mutating func removeRanges(_ hardware: inout Hardware) -> OPALStatus {
        let status = hardware.firmware.mpiplUpdate(.removeAll)
        guard status == .success, let area = state.area else {
            print(profile.messages.unregistrationFailed(Int32(clamping: status.rawValue)), hardware)
            return status
        }
        writeMetadata(of: area, registered: 0, &hardware)
        state = .unregistered(area)
        return status
    }

    private func writeMetadata(of area: ReservedArea, registered: Int, _ hardware: inout Hardware) {
        let metadata = OPALMetadata(area, registered: registered)
        try? hardware.ram.write(metadata.bytes, at: PhysicalAddress(area.metadata))
    }
}
