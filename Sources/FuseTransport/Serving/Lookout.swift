import Glibc

/// Looks for the next request for a moment before its thread sleeps.
///
/// A client that goes on at once after an answer has its next request there within a few microseconds, less than falling
/// asleep and being woken on another CPU takes. Where both share a CPU that does not help: the client has gone on before
/// the writer of the answer does, or cannot until that one sleeps. So looking has to prove its worth, and is tried now and
/// then where it has none.
struct Lookout {
    private let device: RequestDevice
    /// Up for every request that was not there at once, but came while looking; down for every look in vain.
    private var worth = 0
    private var passed = 0

    private static let mostWorth = 8
    /// Of how many requests one is looked for where that has no worth.
    static let seldom = 64
    /// Reads in vain, 0.25 microseconds each: more than a client on another CPU takes to go on.
    static let mostLooks = 32

    init(_ device: RequestDevice) { self.device = device }

    /// Looking has proved its worth: the next request is looked for.
    var isWorthIt: Bool { worth > 0 }

    /// What `take` returns, which reads the device; sleeps in it where no request comes.
    ///
    /// `give` is called where there is none just now. It says whether it gave answers: who has his may ask again.
    mutating func receive(_ take: () -> Int32, none give: () -> Bool) -> Int32 {
        if looks() {
            device.letReadersWait(false)
            var looks = 0
            while looks < Self.mostLooks {
                let count = take()
                guard count == -EAGAIN else {
                    note(looks)
                    return count
                }
                if !give() { looks += 1 }
            }
            note(looks)
        }
        device.letReadersWait(true)
        return take()
    }

    /// Whether to look for the next request.
    mutating func looks() -> Bool {
        passed &+= 1
        return isWorthIt || passed % Self.seldom == 0
    }

    /// Learns from one time of looking, in vain so many times. A request that is there at once says nothing.
    mutating func note(_ looks: Int) {
        guard looks > 0 else { return }
        worth = looks < Self.mostLooks ? min(worth + 1, Self.mostWorth) : max(worth - 1, 0)
    }
}
