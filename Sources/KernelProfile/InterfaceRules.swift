import SystemPackage

/// How the sysfs files answer: when they exist, what they accept, which error they give.
public struct InterfaceRules: Sendable, Hashable {
    /// When the fadump files exist.
    public enum Presence: Sendable, Hashable {
        /// Only where fadump was asked for and could be set up (3.4).
        case whenEnabled
        /// Wherever the platform supports fadump, saying 0 where it is off (the design document).
        case whenSupported
    }

    /// How a written value is read.
    public enum Parser: Sendable, Hashable {
        /// The first byte decides: "10", "1x" and "1\n" all are 1.
        case firstByte
    }

    public var presence: Presence
    public var parser: Parser
    /// The answer to 0 while nothing is registered; nil accepts it.
    public var unregisterTwice: Errno?
    /// The answer to 1 while a dump is registered; nil unregisters and registers again.
    public var registerTwice: Errno?
    /// Whether a write reports that firmware refused to register. 3.4 does not: the write succeeds and the file
    /// goes on reading 0.
    public var reportsRegistrationFailure: Bool
}

extension InterfaceRules.Parser {
    /// The value of `bytes` as the kernel reads it, or nil where it is not one.
    public func value(of bytes: [UInt8]) -> Int? {
        switch self {
        case .firstByte:
            guard let first = bytes.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
                return nil
            }
            return Int(first - UInt8(ascii: "0"))
        }
    }
}
