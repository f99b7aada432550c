import KernFS
import Machine
import SystemPackage

/// `machine/`: what a tester does to the machine, and what it sees of it. Stays over all boots.
struct ControlDirectory: Sendable {
    let machine: Machine
    let logs: MachineLogs

    var node: Node {
        let files = FileConventions.control
        return .directory(
            "machine",
            files,
            [
                .attribute(
                    "status",
                    mode: 0o444,
                    files,
                    show: { [machine] () throws(Errno) in Array((JSONText.pretty(machine.status) + "\n").utf8)
                    },
                    store: nil
                ),
                .log("events", mode: 0o444, files, logs.events),
                .log("dmesg", mode: 0o444, files, logs.kernel),
                .blob(
                    "memory",
                    mode: 0o600,
                    files,
                    open: { [machine] () throws(Errno) in MemoryBlob(machine) },
                    size: { [machine] in machine.memoryEnd }
                ),
                .blob(
                    "vmcore",
                    mode: 0o400,
                    files,
                    open: { [machine] () throws(Errno) in
                        guard let handle = machine.vmcore else { throw .noSuchFileOrDirectory }
                        return VMCoreBlob(handle, tellsHoles: true)
                    },
                    size: { [machine] in machine.vmcore?.core.size ?? 0 },
                    presence: .asked { [machine] in machine.vmcore != nil }
                ),
                .blob(
                    "truth",
                    mode: 0o400,
                    files,
                    open: { [machine] () throws(Errno) in
                        guard let handle = machine.truth else { throw .noSuchFileOrDirectory }
                        return try TruthBlob(handle)
                    },
                    size: { [machine] in (try? machine.truth?.file().size) ?? 0 },
                    presence: .asked { [machine] in machine.truth != nil }
                ),
                .attribute("control", mode: 0o200, files, show: nil, store: command),
            ]
        ).permanent()
    }

    /// One command a write; a trailing newline is no part of it.
    private var command: @Sendable (StoreRequest) -> Void {
        { [machine] request in
            var text = String(decoding: request.bytes, as: UTF8.self)
            while text.last == "\n" || text.last == "\0" { text.removeLast() }
            machine.control(text, count: request.bytes.count, StoreAnswer(request.completion))
        }
    }
}
