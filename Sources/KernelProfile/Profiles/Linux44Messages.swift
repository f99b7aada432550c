extension Messages {
    /// The texts of Linux 4.4: those of 3.4, where the drivers around fadump begin with their name.
    ///
    /// Source: recorded from 4.4.155.
    public static let linux44: Messages = {
        var messages = Messages.linux34
        messages.sysrq = { Message(.info, "sysrq: SysRq : \($0)") }
        messages.restarting = Message(.emergency, "reboot: Restarting system")
        return messages
    }()
}
