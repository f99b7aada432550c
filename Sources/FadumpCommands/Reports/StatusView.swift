import CoreFile
import FadumpKernel
import KernelProfile
import Machine
import MachineStore
import Presentation

/// What `fadumpfs status` says: what machine/status holds, and where the machine is mounted.
struct StatusView: Report {
    var status: StatusReport
    var entry: RegistryEntry

    private enum Key: String, CodingKey { case mountPoint, pid, origins }

    func encode(to encoder: any Encoder) throws {
        try status.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(entry.mountPoint, forKey: .mountPoint)
        try container.encode(entry.pid, forKey: .pid)
        try container.encode(origins, forKey: .origins)
    }

    private var origins: [String: String] { status.origins.merging(entry.origins) { machine, _ in machine } }

    func show(on page: inout Page) {
        let hex = KernelFormat.hex
        func sized(_ bytes: UInt64, _ rest: String = "") -> String { ByteSize.text(bytes) + rest }
        let pages = "\(status.endian)-endian, \(sized(status.pageSize)) pages"
        let numbers = status.cpus.map(String.init).joined(separator: " ")
        var rows: [(String, String, [MachineSetting])] = [
            ("machine", "\(status.name) on \(entry.mountPoint), pid \(entry.pid)", [.name]),
            (
                "power",
                "\(status.power), boot \(status.boot), up \(Self.seconds(status.uptimeMicroseconds)) s", []
            ),
            ("kernel", "\(status.kernel) (\(status.release), \(pages))", [.kernel, .endianness, .pageSize]),
            ("dumps", Self.dumps(status.dumpArchitecture), [.dumpArchitecture]),
            ("command line", status.commandLine, [.commandLine]),
            (
                "memory", sized(status.memory, " (\(sized(status.memoryAllocated)) of the host's)"),
                [.memory, .memoryMap]
            ),
            ("memory map", status.memoryMap, []),
            (
                "CPUs", "\(status.cpus.count) online of \(status.maximumCPUs): \(numbers)",
                [.cpus, .maximumCPUs]
            ),
            (
                "platform",
                "\(status.platform), \(status.firmware), clock \(status.clock), seed \(status.seed)",
                [.platform, .firmware, .clock, .date, .seed]
            ),
        ]
        if let image = status.image {
            rows.append(("image", image.file, [.image]))
            rows.append(
                (
                    "",
                    "\(sized(image.present)) of memory, \(image.missingPages) pages are missing and read as zero",
                    []
                )
            )
        }
        if let pages = status.pages { rows.append(("pages", Self.pages(pages), [.fill])) }
        if let taken = status.firmwareMemory { rows.append(("firmware's memory", taken, [])) }
        if let fadump = status.fadump { rows.append(("fadump", fadump.rawValue, [])) }
        if let area = status.area {
            rows.append(("reserved area", "\(sized(area.size)) at \(hex(area.start))", []))
            rows.append(("boot memory", sized(area.bootMemorySize), []))
            for part in area.sections {
                let dumped = "dumped \(sized(part.dumped))"
                rows.append(("  " + part.name, "\(sized(part.size)) at \(hex(part.start)), \(dumped)", []))
            }
            if let held = area.heldFrom { rows.append(("held from", hex(held), [])) }
        }
        if let size = status.vmcoreSize {
            let mode = status.vmcoreMode.map { ", read by \($0.rawValue)" } ?? ""
            let reason = status.vmcoreModeReason.map { ": \($0)" } ?? ""
            rows.append(("vmcore", "\(size) bytes\(mode)\(reason)", [.vmcore]))
        }
        if let size = status.kdumpReserved {
            let start = status.kdumpStart.map { " at \(hex($0))" } ?? ""
            rows.append(("kdump", "\(sized(size)) reserved\(start)", []))
        }
        rows.append(("kdump kernel", status.kdumpLoaded ? "loaded" : "not loaded", []))
        page.fields(rows.map { ($0.0, StyledText($0.1) + note($0.2)) })
        showOrigins(on: &page)
    }

    private static func pages(_ counts: [String: UInt64]) -> String {
        let ordered = counts.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return ordered.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }

    private static func dumps(_ architecture: String) -> String {
        architecture == DumpArchitecture.power.name
            ? "of 64-bit Power" : "made to look like \(architecture), a convenience for this host's tools"
    }

    /// What was not left at its default, behind the value.
    private func note(_ settings: [MachineSetting]) -> StyledText {
        let said = settings.compactMap { setting -> String? in
            guard let origin = origins[setting.rawValue], origin != "default" else { return nil }
            return settings.count == 1 ? origin : "\(setting.rawValue): \(origin)"
        }
        return said.isEmpty ? "" : StyledText("  [\(said.joined(separator: ", "))]", .dim)
    }

    private func showOrigins(on page: inout Page) {
        page.line()
        page.heading("where the settings come from")
        for origin in Set(origins.values).sorted() {
            let names = origins.filter { $0.value == origin }.map(\.key).sorted()
            page.line(StyledText("  \(origin): ", .dim) + StyledText(names.joined(separator: ", ")))
        }
    }

    static func seconds(_ microseconds: UInt64) -> String {
        "\(microseconds / 1_000_000).\(microseconds / 100_000 % 10)"
    }
}
