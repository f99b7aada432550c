import Pictures
import Presentation

/// The reports of all verbs, by verb: what `--json` prints is documented for each.
enum Schemas {
    static let shapes: [(verb: String, shape: Shape)] = [
        ("mount", OutcomeReport.shape), ("unmount", OutcomeReport.shape), ("list", ListReport.shape),
        ("status", StatusView.shape), ("map", MapReport.shape), ("timeline", TimelineReport.shape),
        ("vmcore", CopyReport.shape), ("vmcore-headers", HeadersReport.shape),
        ("vmlinux", VmlinuxReport.shape), ("verify", VerificationReport.shape), ("truth", TruthReport.shape),
        ("crash", OutcomeReport.shape),
        ("run", CycleReport.shape), ("reboot", OutcomeReport.shape), ("dmesg", DmesgReport.shape),
        ("kexec-load", OutcomeReport.shape),
        ("advise", AdviceReport.shape), ("machine-new", SettingsReport.shape),
        ("machine-show", SettingsReport.shape),
        ("machine-check", CheckReport.shape), ("machine-examples", ExamplesReport.shape),
        ("kernels", KernelsReport.shape), ("kernels-name", KernelReport.shape),
        ("kernels-diff", KernelDiffReport.shape),
    ]

    static func shape(of verb: String) -> Shape? { shapes.first { $0.verb == verb }?.shape }
}
