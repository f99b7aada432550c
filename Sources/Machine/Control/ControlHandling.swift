import FadumpKernel
import PhysicalMemory
import SystemPackage

extension MachineState {
    /// Carries out a line of `machine/control`. A refused command gets an errno and an event that says why.
    mutating func control(_ line: String, _ request: RequestID, count: Int) -> [MachineEffect] {
        let command: ControlCommand
        do {
            command = try ControlCommand(parsing: line)
        } catch {
            return refuse(line, .invalidArgument, error.description, request)
        }
        do {
            return try carryOut(command, request, count: count)
        } catch {
            return refuse(line, error.errno, error.why, request)
        }
    }

    private mutating func refuse(
        _ line: String,
        _ errno: Errno,
        _ why: String,
        _ request: RequestID
    ) -> [MachineEffect] {
        let refused = note("command-refused", ["command": line, "why": why])
        return [refused, .answer(request, .failure(errno))]
    }

    private mutating func carryOut(
        _ command: ControlCommand,
        _ request: RequestID,
        count: Int
    ) throws(Refusal) -> [MachineEffect] {
        let done = MachineEffect.answer(request, .success(count))
        switch command {
        case .crash(let kind, let cpu, let reason):
            let crash = CrashRequest(
                kind,
                cpu: cpu ?? hardware.crashingCPU,
                reason: reason,
                request: request,
                count: count
            )
            return try onKernel("no crash: ") { kernel, hardware throws(Errno) in
                try kernel.crash(crash, on: &hardware)
            }
        case .reboot:
            let effects = try onKernel("no reboot: ") { kernel, hardware throws(Errno) in
                try kernel.reboot(on: &hardware) + [.answer(request, .success(count))]
            }
            return effects
        case .reset: return forceDeparture(.reset, request, count)
        case .powerOff: return forceDeparture(.powerOff, request, count)
        case .powerOn:
            do { return try powerOn() + [done] } catch { throw Refusal(error, "power is on already") }
        case .cpu(let number, let online):
            return [try setCPU(number, online: online), done]
        case .memory(let range, let add):
            return [try add ? addMemory(range) : removeMemory(range), done]
        case .kexecLoad(let commandLine):
            _ = try onKernel("no kdump kernel loaded: ") { kernel, _ throws(Errno) in
                try kernel.loadKdumpKernel(commandLine: commandLine)
                return []
            }
            return [note("kdump-kernel-loaded"), done]
        case .kexecUnload:
            _ = try onKernel("no kdump kernel unloaded: ") { kernel, _ throws(Errno) in
                try kernel.unloadKdumpKernel()
                return []
            }
            return [note("kdump-kernel-unloaded"), done]
        }
    }

    /// Lets the kernel do something that it may refuse.
    mutating func onKernel(
        _ what: String,
        _ body: (inout FadumpKernel, inout Hardware) throws(Errno) -> [Effect]
    ) throws(Refusal) -> [MachineEffect] {
        guard case .running = power else {
            throw Refusal(.operationNotSupportedByDevice, what + "no kernel is running")
        }
        var failure: Errno?
        let effects = withKernel { kernel, hardware in
            do throws(Errno) {
                return try body(&kernel, &hardware)
            } catch {
                failure = error
                return []
            }
        }
        if let failure { throw Refusal(failure, what + String(describing: failure)) }
        return effects
    }
}

/// Why a command was not carried out.
struct Refusal: Error {
    var errno: Errno
    var why: String

    init(_ errno: Errno, _ why: String) {
        self.errno = errno
        self.why = why
    }
}
