import Glibc

/// A system call that failed, or something else that makes measuring pointless.
struct SystemFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// With what errno says.
    init(call: String, _ path: String) {
        let number = errno
        description = "\(call) \(path): \(String(cString: strerror(number)))"
    }
}
