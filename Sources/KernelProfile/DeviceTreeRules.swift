/// What the design document says of the device tree beyond PAPR.
public struct DeviceTreeRules: Sendable, Hashable {
    /// While a dump waits there is a node of this name below the root, beside PAPR's property
    /// `ibm,kernel-dump` of `/rtas`: the design document announces a "new node (ibm,dump-kernel)".
    public var dumpNode: String?
}
