import PhysicalMemory

extension PowerFirmware {
    /// The memory of OPAL on this machine.
    public var opalMemory: OPALMemory { OPALMemory(cpus: configuration.maximumCPUs) }

    /// Where OPAL loads kernel and initrd, and overwrites what is there: each an address and a size.
    ///
    /// Source: skiboot, include/mem-map.h.
    private static let loadAreas: [UInt64] = [0x2000_0000, 0x800_0000, 0x2800_0000, 0x800_0000]

    /// The node /ibm,opal: where OPAL is, and in `dump` what it says of dumps, where it has support. `mpipl-boot`, empty, is
    /// there in a boot that came by a crash.
    ///
    /// Source: skiboot, doc/device-tree/ibm,opal/dump.rst, hdata/spira.c, core/opal.c. The entry is chosen.
    var opalNode: DeviceTreeNode {
        let own = opalMemory.own
        var node = DeviceTreeNode(
            name: "ibm,opal",
            properties: [
                DeviceTreeProperty(name: "compatible", value: Array("ibm,opal-v3".utf8) + [0]),
                DeviceTreeProperty(name: "opal-base-address", numbers: [own.start.rawValue]),
                DeviceTreeProperty(name: "opal-boot-address", numbers: [opalEntry]),
                DeviceTreeProperty(name: "opal-runtime-size", numbers: [own.count]),
            ]
        )
        if supportsDump { node.children = [DeviceTreeNode(name: "dump", properties: dumpProperties)] }
        return node
    }

    /// Where OPAL begins to run.
    public var opalEntry: UInt64 { opalMemory.own.start.rawValue + 0x10 }

    private var dumpProperties: [DeviceTreeProperty] {
        let properties = [
            DeviceTreeProperty(name: "compatible", value: Array("ibm,opal-dump".utf8) + [0]),
            DeviceTreeProperty(name: "fw-load-area", numbers: Self.loadAreas),
        ]
        return mpipl.isActive ? properties + [DeviceTreeProperty(name: "mpipl-boot", value: [])] : properties
    }
}
