import BinaryCodec
import KernelProfile
import PhysicalMemory
import SystemPackage

extension FadumpKernel {
    /// A write to a file: the answer comes as an effect, at once or later.
    public mutating func store(
        _ attribute: Attribute,
        _ bytes: [UInt8],
        _ request: RequestID,
        on hardware: inout Hardware
    ) -> [Effect] {
        guard crash == nil else { return [.answer(request, .failure(.operationNotSupportedByDevice))] }
        return write(attribute, bytes, request, &hardware)
    }

    mutating func write(
        _ attribute: Attribute,
        _ bytes: [UInt8],
        _ request: RequestID,
        _ hardware: inout Hardware
    ) -> [Effect] {
        func answer(_ result: Result<Int, Errno>) -> [Effect] { [.answer(request, result)] }
        switch attribute {
        case .fadumpRegistered: return writeRegistered(bytes, request, &hardware)
        case .fadumpReleaseMemory: return writeRelease(bytes, request, &hardware)
        case .sysrqTrigger: return sysrq(bytes, request, &hardware)
        case .opalReleaseCore: return answer(releaseOPALCore(bytes, hardware))
        case .fadumpBootargsAppend: return answer(appendParameters(bytes, &hardware))
        case .kexecCrashSize: return answer(shrinkKdump(bytes).map { bytes.count })
        case .panic:
            guard let value = KernelInteger.parse(bytes), let seconds = Int32(exactly: value) else {
                return answer(.failure(.invalidArgument))
            }
            panicTimeout = seconds
            return answer(.success(bytes.count))
        case .panicOnOops:
            guard let value = KernelInteger.parse(bytes) else { return answer(.failure(.invalidArgument)) }
            panicOnOops = value != 0
            return answer(.success(bytes.count))
        default: return answer(.failure(.invalidArgument))
        }
    }

    /// Source: `fadump_register_store` (Linux 3.4): the state is looked at before the value.
    private mutating func writeRegistered(
        _ bytes: [UInt8],
        _ request: RequestID,
        _ hardware: inout Hardware
    ) -> [Effect] {
        func fail(_ errno: Errno) -> [Effect] { [.answer(request, .failure(errno))] }
        switch state {
        case .unsupported, .disabled, .waiting, .withdrawn: return fail(.notPermitted)
        case .unreserved, .unregistered, .registered: break
        }
        guard pendingCall == nil else {
            queue.append(QueuedWrite(attribute: .fadumpRegistered, bytes: bytes, request: request))
            return []
        }
        let interface = profile.interface
        let done = (id: request, count: bytes.count)
        switch (interface.parser.value(of: bytes), state) {
        case (0, .registered):
            return callFirmware(PendingCall(purpose: .unregister, request: done), &hardware)
        case (0, _):
            if let errno = interface.unregisterTwice { return fail(errno) }
            return [.answer(request, .success(bytes.count))]
        case (1, .registered):
            if let errno = interface.registerTwice { return fail(errno) }
            let call = PendingCall(purpose: .unregister, registersAgain: true, request: done)
            return callFirmware(call, &hardware)
        case (1, .unreserved):
            return fail(.operationNotSupportedByDevice)
        case (1, _):
            return register(done, &hardware)
        default:
            return fail(.invalidArgument)
        }
    }

    /// Source: `fadump_release_memory_store` (Linux 3.4).
    private mutating func writeRelease(
        _ bytes: [UInt8],
        _ request: RequestID,
        _ hardware: inout Hardware
    ) -> [Effect] {
        guard case .waiting = state, pendingCall == nil else {
            return [.answer(request, .failure(.notPermitted))]
        }
        guard profile.interface.parser.value(of: bytes) == 1 else {
            return [.answer(request, .failure(.invalidArgument))]
        }
        return release((id: request, count: bytes.count), &hardware)
    }

    /// The magic keys that do something here; every other one is taken and only shows up in the log.
    ///
    /// Source: `write_sysrq_trigger`, `__handle_sysrq` (Linux 3.4): the first byte counts.
    private mutating func sysrq(
        _ bytes: [UInt8],
        _ request: RequestID,
        _ hardware: inout Hardware
    ) -> [Effect] {
        let taken = Effect.answer(request, .success(bytes.count))
        switch bytes.first.map({ Character(Unicode.Scalar($0)) }) {
        case "c":
            let cpu = hardware.crashingCPU
            let crash = CrashRequest(.sysrq, cpu: cpu, request: request, count: bytes.count)
            return (try? self.crash(crash, on: &hardware)) ?? [.answer(request, .failure(.ioError))]
        case "b":
            print(profile.messages.sysrq("Resetting"), hardware)
            return [.leave(.reset), taken]
        case "o":
            print(profile.messages.sysrq("Power Off"), hardware)
            return [.leave(.powerOff), taken]
        case let key?:
            print(profile.messages.sysrq(Self.describe(key)), hardware)
            return [.note("sysrq", ["key": String(key)]), taken]
        case nil:
            return [taken]
        }
    }

    private static func describe(_ key: Character) -> String {
        key.isASCII && (key.isLetter || key.isNumber) ? "key \(key)" : "HELP"
    }

    /// Source: `crash_shrink_memory` (Linux 3.4, kernel/kexec.c).
    private mutating func shrinkKdump(_ bytes: [UInt8]) -> Result<Void, Errno> {
        guard let value = KernelInteger.parse(bytes), let size = UInt64(exactly: value) else {
            return .failure(.invalidArgument)
        }
        if case .loaded = kdump { return .failure(.noSuchFileOrDirectory) }
        let old = kdump.reservedRange
        guard size < old?.count ?? 0, let old else {
            return size == old?.count ?? 0 ? .success(()) : .failure(.invalidArgument)
        }
        let end = (old.start.rawValue &+ size).alignedUp(to: pageSize)
        let rest = AddressRange(old.start, upTo: PhysicalAddress(end))
        kdump = rest.isEmpty ? .none : .reserved(rest)
        return .success(())
    }
}
