import Glibc
import Synchronization

/// SIGINT, SIGTERM and SIGHUP as something to look at between two steps of long work.
enum Interruption {
    private static let caught = Atomic<Int32>(0)

    /// From now on these signals are only noted. The handler does nothing but store a number.
    static func note() {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { Interruption.caught.store($0, ordering: .relaxed) }
        }
    }

    /// The signal that came, if one did.
    static var signalNumber: Int32? {
        let number = caught.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }
}
