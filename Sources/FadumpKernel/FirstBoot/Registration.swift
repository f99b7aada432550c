import BinaryCodec
import CoreFile
import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage

extension FadumpKernel {
    /// Prepares the reserved area and asks firmware to register it.
    ///
    /// Source: `register_fadump` (Linux 3.4, fadump.c): crash info header and ELF core header are written anew
    /// at every registration.
    mutating func register(_ request: (id: RequestID, count: Int)?, _ hardware: inout Hardware) -> [Effect] {
        if let area = state.area {
            let first = AddressRange(start: PhysicalAddress(area.crashInfoHeader), count: 1)
            guard first.map(memory.contains) ?? false else {
                return faultOnRegistration(area.crashInfoHeader, request, hardware)
            }
            let header = crashInfo(for: area, hardware)
            write(header.bytes(profile, endianness), at: area.crashInfoHeader, &hardware)
            if profile.core.builder == .registration {
                write(coreHeaderBytes(for: area), at: area.coreHeader, &hardware)
            }
        }
        return callFirmware(PendingCall(purpose: .register, request: request), &hardware)
    }

    /// What the answer of firmware means: the message, the state and the result of the write.
    mutating func finishRegistration(_ status: RTASStatus, _ hardware: Hardware) -> Result<Void, Errno> {
        let messages = profile.messages
        var failure: Errno?
        switch status {
        case .success:
            print(messages.registered, hardware)
        case .hardwareError:
            print(messages.registrationHardwareError(status.rawValue), hardware)
            failure = .ioError
        case .parameterError:
            if let message = messages.holesInBootMemory, hasHolesInBootMemory { print(message, hardware) }
            print(messages.registrationParameterError(status.rawValue), hardware)
            failure = .invalidArgument
        case .alreadyRegistered:
            print(messages.alreadyRegistered, hardware)
            failure = .fileExists
        default:
            if let unknown = messages.unknownRegistrationError { print(unknown(status.rawValue), hardware) }
            failure = .ioError
        }
        if status == .success || status == .alreadyRegistered, let area = state.area {
            state = .registered(area)
        }
        if let failure, profile.interface.reportsRegistrationFailure { return .failure(failure) }
        return .success(())
    }

    private var hasHolesInBootMemory: Bool {
        guard let area = state.area else { return false }
        return !memory.contains(AddressRange(0, upTo: PhysicalAddress(area.bootMemoryTop)))
    }

    /// Writes into the kernel's own memory. Where the address is no memory (an area that wrapped) nothing is
    /// written, as on a machine whose memory controller drops the access.
    func write(_ bytes: [UInt8], at address: UInt64, _ hardware: inout Hardware) {
        try? hardware.ram.write(bytes, at: PhysicalAddress(address))
    }
}

extension FadumpKernel {
    /// The kernel writes the crash info header to an address that is no memory, and faults. The write that asked for it
    /// fails with EFAULT, where the real kernel kills its process.
    ///
    /// Source: recorded from 4.4.155, where a limit read in the wrong byte order places the area above memory.
    private mutating func faultOnRegistration(
        _ address: UInt64,
        _ request: (id: RequestID, count: Int)?,
        _ hardware: Hardware
    ) -> [Effect] {
        let place = "0x" + KernelFormat.digits(ImageRules.virtual(address), width: 16)
        let text = "Unable to handle kernel paging request for data at address \(place)"
        print(Message(.alert, text), hardware)
        print(Message(.alert, "Oops: Kernel access of bad area, sig: 11 [#1]"), hardware)
        let effects = [Effect.note("kernel-fault", ["address": place])]
        return effects + (request.map { [.answer($0.id, .failure(.badAddress))] } ?? [])
    }
}
