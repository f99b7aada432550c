import CLinux

/// What nobody in a boot may do, root included: it would be done to the host.
///
/// Source: capabilities(7), linux/capability.h.
enum Capabilities {
    static let withheld: [(name: String, number: Int32)] = [
        ("SYS_MODULE", 16), ("SYS_RAWIO", 17), ("SYS_PACCT", 20), ("SYS_BOOT", 22), ("SYS_TIME", 25),
        ("MAC_OVERRIDE", 32), ("MAC_ADMIN", 33), ("SYSLOG", 34), ("WAKE_ALARM", 35), ("BLOCK_SUSPEND", 36),
    ]

    /// Gives them up, for this process and all that descend from it.
    static func withhold() throws(BootFailure) {
        var kept = UInt64.max
        for capability in withheld {
            try check(
                clinux_drop_bounding_capability(capability.number),
                "cannot drop CAP_\(capability.name)"
            )
            kept &= ~(1 << UInt64(capability.number))
        }
        try check(clinux_keep_capabilities(kept), "cannot give up capabilities")
    }
}
