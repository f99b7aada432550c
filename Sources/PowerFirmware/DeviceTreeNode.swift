import BinaryCodec

/// A node of the device tree.
public struct DeviceTreeNode: Sendable, Hashable {
    public var name: String
    public var properties: [DeviceTreeProperty]
    public var children: [DeviceTreeNode] = []

    init(name: String, properties: [DeviceTreeProperty]) {
        self.name = name
        self.properties = properties
    }
}

extension DeviceTreeProperty {
    /// Numbers of two cells each.
    init(name: String, numbers: [UInt64]) {
        var writer = BinaryWriter(.big)
        for number in numbers { writer.put(number) }
        self.init(name: name, value: writer.bytes)
    }
}
