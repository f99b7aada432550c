extension PowerFirmware {
    /// The call OPAL_CEC_REBOOT2 (116) of type 3, MPIPL, by the thread of this PIR: nil where it does not return, since the
    /// machine starts again with its memory preserved.
    ///
    /// Errors: `.unsupported` where the platform has none, else what the fault plan says.
    /// Source: skiboot, core/platform.c, opal_cec_reboot2.
    public mutating func rebootPreservingMemory(reason: String, thread: UInt32) -> OPALStatus? {
        terminationMessage = reason
        guard supportsDump else { return .unsupported }
        if let status = faults.opalAnswer(to: .osTerm) { return status }
        mpipl.crashingThread = thread
        return nil
    }
}
