extension Messages {
    /// The texts of Linux 4.4: those of 3.4, where the drivers around fadump begin with their name.
    ///
    /// Source: recorded from 4.4.155.
    public static let linux44: Messages = {
        var messages = Messages.linux34
        messages.sysrqCrash = Message(.info, "sysrq: SysRq : Trigger a crash")
        messages.restarting = Message(.emergency, "reboot: Restarting system")
        return messages
    }()
}
