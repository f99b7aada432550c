import Glibc
import SystemPackage

/// Why a boot could not be made, and what to do about it.
public struct BootFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public var description: String

    public init(_ description: String) { self.description = description }

    /// A system call failed.
    init(_ what: String, _ errno: Errno) { description = "\(what): \(errno)" }
}

/// Throws with what was tried where a system call says -1; gives its value elsewhere.
@discardableResult
func check<Value: SignedInteger>(_ result: Value, _ what: @autoclosure () -> String) throws(BootFailure)
    -> Value
{
    guard result >= 0 else {
        let number = Errno(rawValue: errno)
        throw BootFailure(what(), number)
    }
    return result
}
