import BinaryCodec

extension PowerFirmware {
    /// What /ibm,opal/dump says: nothing, and no node, where OPAL has no support. `mpipl-boot` is there in a boot that came by
    /// a crash.
    ///
    /// Source: skiboot, doc/device-tree/ibm,opal/dump.rst.
    var opalDeviceTree: [DeviceTreeProperty] {
        guard supportsDump else { return [] }
        var areas = BinaryWriter(.big)
        for (address, size) in Self.loadAreas {
            areas.put(address)
            areas.put(size)
        }
        var properties = [
            DeviceTreeProperty(name: "compatible", value: Array("ibm,opal-dump".utf8) + [0]),
            DeviceTreeProperty(name: "fw-load-area", value: areas.bytes),
        ]
        if mpipl.isActive {
            var active = BinaryWriter(.big)
            active.put(UInt32(1))
            properties.append(DeviceTreeProperty(name: "mpipl-boot", value: active.bytes))
        }
        return properties
    }
}
