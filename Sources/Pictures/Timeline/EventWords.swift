import Machine
import Presentation

/// An event in words.
struct EventWords {
    var text: String
    var style: Style
    /// The sign in front of it.
    var sign: String

    init(_ event: Event) {
        let detail = { (name: String) in event.details[name] ?? "?" }
        (sign, style) = ("|", .plain)
        switch event.event {
        case "power-on", "power-off":
            (sign, style) = ("o", .bold)
            text = event.event == "power-on" ? "power on" : "power off: memory and dump are gone"
        case "firmware-called":
            let isDone = detail("status") == "0"
            (sign, style) = (isDone ? "+" : "!", isDone ? .green : .red)
            text = "firmware answers \(detail("status")) to \(detail("call"))"
        case "crash":
            (sign, style) = ("X", .red)
            let reason = event.details["reason"].map { ": \($0)" } ?? ""
            text = "crash (\(detail("kind"))) on CPU \(detail("cpu"))\(reason); outcome: \(detail("outcome"))"
        case "boot-ended": text = "the boot ends: \(detail("by"))"
        case "section-saved":
            style = detail("error-flags") == "0x0" ? .magenta : .red
            text = "firmware saves \(detail("type")): \(detail("bytes")) bytes to \(detail("destination"))"
            if detail("error-flags") != "0x0" { text += ", error flags \(detail("error-flags"))" }
        case "memory-preserved":
            text = event.details["cleared"] == "no" ? "firmware keeps RAM as it is" : "firmware clears RAM"
        case "hardware-reset": text = "firmware resets " + (event.details["what"] ?? "PCI and other hardware")
        case "bootloader-launched": text = "firmware launches the bootloader"
        case "vmcore-ready":
            (sign, style) = ("+", .green)
            text = "/proc/vmcore is there: \(detail("bytes")) bytes"
        case "vmcore-removed": text = "/proc/vmcore is gone"
        case "command-refused":
            (sign, style) = ("!", .yellow)
            text = "refused '\(detail("command"))': \(detail("why"))"
        default:
            if ["dump-rejected", "hung", "host-failure"].contains(event.event) {
                (sign, style) = ("!", .red)
            }
            let details = event.details.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            let name = event.event.replacing("-", with: " ")
            text = ([name] + (details.isEmpty ? [] : [details.joined(separator: ", ")])).joined(
                separator: ": "
            )
        }
    }
}
