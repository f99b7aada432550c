import KernFS
import KernelProfile
import PowerFirmware
import SystemPackage

extension BootFiles {
    /// The device tree: what firmware says about dumps in /rtas or /ibm,opal, and the little that scripts look at besides.
    ///
    /// Numbers are big-endian 32-bit cells; strings end in a NUL.
    /// Source: PAPR binding (LoPAR, app_papr_binding); the property names of a pseries machine.
    func deviceTree(_ name: String) -> Node {
        var children = [property("model", text("IBM,fadumpfs"))]
        children += machine.rootProperties.map { property($0.name, $0.value) }
        children += [
            property("device_type", text("chrp")),
            property("#address-cells", cells([2])),
            property("#size-cells", cells([2])),
            directory(
                "chosen",
                [property("name", text("chosen")), property("bootargs", text(commandLine))]
            ),
        ]
        children += (machine.deviceTreeNode.map { [node($0)] } ?? []) + memoryNodes
        if isDumpWaiting, let node = profile.deviceTree.dumpNode {
            children.append(directory(node, [property("name", text(node))]))
        }
        return .directory(name, mode: 0o555, conventions.deviceTree, children)
    }

    /// A node as firmware made it; every node tells its name.
    private func node(_ node: DeviceTreeNode) -> Node {
        let properties = node.properties.map { property($0.name, $0.value) }
        let children = node.children.map { self.node($0) }
        return directory(node.name, [property("name", text(node.name))] + properties + children)
    }

    private var memoryNodes: [Node] {
        machine.configuration.memory.ranges.map { range in
            let numbers = [range.start.rawValue, range.count]
            let reg = numbers.flatMap {
                [UInt32(truncatingIfNeeded: $0 >> 32), UInt32(truncatingIfNeeded: $0)]
            }
            return directory(
                "memory@\(String(range.start.rawValue, radix: 16))",
                [property("device_type", text("memory")), property("reg", cells(reg))]
            )
        }
    }

    private var isDumpWaiting: Bool {
        machine.deviceTree.contains { $0.name == "ibm,kernel-dump" }
    }

    /// The command line of this boot, which a kdump capture kernel has of its own.
    private var commandLine: String {
        guard let line = try? machine.show(.commandLine, boot: boot) else { return "" }
        return String(line.dropLast())
    }

    private func directory(_ name: String, _ children: [Node]) -> Node {
        .directory(name, mode: 0o555, conventions.deviceTree, children)
    }

    private func property(_ name: String, _ value: [UInt8]) -> Node {
        .attribute(name, mode: 0o444, conventions.deviceTree, show: { () throws(Errno) in value }, store: nil)
    }

    private func text(_ string: String) -> [UInt8] { Array(string.utf8) + [0] }

    private func cells(_ values: [UInt32]) -> [UInt8] {
        values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) } }
    }
}
