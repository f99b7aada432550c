import BinaryCodec

/// A property of the device tree. Numbers are big-endian cells, texts end in a NUL.
public struct DeviceTreeProperty: Sendable, Hashable {
    public var name: String
    public var value: [UInt8]

    public init(name: String, value: [UInt8]) {
        self.name = name
        self.value = value
    }
}

extension PowerFirmware {
    /// What /rtas says of dumps. The cells are big-endian; `ibm,kernel-dump` is there while a dump waits.
    ///
    /// Source: LoPAR, PAPR binding, properties of the node /rtas.
    var rtasProperties: [DeviceTreeProperty] {
        let dialect = configuration.dialect
        var properties = [
            DeviceTreeProperty(name: "ibm,os-term", value: Self.cell(dialect.osTermToken)),
            DeviceTreeProperty(name: "ibm,extended-os-term", value: []),
        ]
        guard configuration.supportsDump else { return properties }
        properties += [
            DeviceTreeProperty(name: "ibm,configure-kernel-dump", value: Self.cell(dialect.dumpToken)),
            DeviceTreeProperty(name: "ibm,configure-kernel-dump-sizes", value: sectionSizes),
            DeviceTreeProperty(name: "ibm,configure-kernel-dump-version", value: dialect.versionCells),
        ]
        if let waitingDump {
            properties.append(DeviceTreeProperty(name: "ibm,kernel-dump", value: waitingDump.bytes))
        }
        return properties
    }

    /// For each section that firmware fills: its type in a cell, its size in two.
    private var sectionSizes: [UInt8] {
        var writer = BinaryWriter(.big)
        for (type, size) in [
            (DumpSection.SourceDataType.cpuState, cpuSectionSize), (.hpte, hpteSectionSize),
        ] {
            writer.put(UInt32(type.rawValue))
            writer.put(size)
        }
        return writer.bytes
    }

    private static func cell(_ value: UInt32) -> [UInt8] {
        var writer = BinaryWriter(.big)
        writer.put(value)
        return writer.bytes
    }
}
