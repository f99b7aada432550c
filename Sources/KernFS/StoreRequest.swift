/// One write(2) to an attribute, as its store gets it.
public struct StoreRequest: Sendable {
    /// What was written, cut to the length that the kernel passes on.
    public var bytes: [UInt8]
    public var offset: UInt64
    public var caller: Caller
    /// Takes the number of bytes that were accepted.
    public var completion: Completion<Int>

    public init(bytes: [UInt8], offset: UInt64, caller: Caller, completion: Completion<Int>) {
        self.bytes = bytes
        self.offset = offset
        self.caller = caller
        self.completion = completion
    }
}
