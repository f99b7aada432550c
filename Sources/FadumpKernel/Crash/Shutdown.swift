import KernelProfile
import SystemPackage

extension FadumpKernel {
    /// A clean reboot, as `reboot` ends it: a waiting dump is thrown away.
    ///
    /// Source: `machine_shutdown`, `fadump_cleanup` (Linux 3.4): 3.4 leaves a registered dump registered.
    /// Errors: `.operationNotSupportedByDevice` where the kernel is down.
    public mutating func reboot(on hardware: inout Hardware) throws(Errno) -> [Effect] {
        guard crash == nil else { throw .operationNotSupportedByDevice }
        var effects: [Effect] = []
        // A dump that this boot did not want, with fadump off, goes too.
        if hardware.firmware.hasWaitingDump {
            effects += callFirmware(PendingCall(purpose: .invalidate, request: nil), &hardware)
        } else if case .registered = state, profile.crash.rebootUnregisters {
            effects += callFirmware(PendingCall(purpose: .unregister, request: nil), &hardware)
        }
        print(profile.messages.restarting, hardware)
        guard pendingCall != nil else { return effects + [.leave(.reboot)] }
        leavesWhenCallEnds = true
        return effects
    }

    /// Goes on where the kernel had to wait.
    public mutating func resume(_ wakeup: Wakeup, on hardware: inout Hardware) -> [Effect] {
        switch wakeup {
        case .firmwareRetry:
            guard let call = pendingCall else { return [] }
            let effects = callFirmware(call, &hardware)
            return leavesWhenCallEnds && pendingCall == nil ? effects + [.leave(.reboot)] : effects
        case .terminationRetry:
            return crash == nil ? [] : callTermination(&hardware)
        case .panicTimeout:
            return crash == nil ? [] : [.leave(.reboot)]
        }
    }
}
