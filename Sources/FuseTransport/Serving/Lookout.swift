import Glibc

/// Looks for the next request for a moment before its thread sleeps.
///
/// A client that goes on at once after an answer has its next request there within a few microseconds, less than falling
/// asleep and being woken on another CPU takes. Where both share a CPU that does not help: the client has gone on before
/// the writer of the answer does, or cannot until that one sleeps. So looking has to prove its worth, and is tried now and
/// then where it has none.
struct Lookout {
    private let device: Int32
    /// Up for every request that was not there at once, but came while looking; down for every other look.
    private var worth = 0
    private var passed = 0

    private static let mostWorth = 8
    /// Of how many requests one is looked for where that has no worth.
    static let seldom = 64
    /// Calls of poll(2), 0.2 microseconds each: more than a client on another CPU takes to go on.
    static let mostLooks = 40

    init(_ device: Int32) { self.device = device }

    /// Returns when there is a request, or when it is better to sleep until there is one.
    mutating func look() {
        guard isWorthIt() else { return }
        var poller = pollfd(fd: device, events: Int16(POLLIN), revents: 0)
        var looks = 0
        while looks < Self.mostLooks, poll(&poller, 1, 0) == 0 { looks += 1 }
        note(looks)
    }

    /// Whether to look before the next request.
    mutating func isWorthIt() -> Bool {
        passed &+= 1
        return worth > 0 || passed % Self.seldom == 0
    }

    /// Learns from one time of looking, in vain so many times.
    mutating func note(_ looks: Int) {
        let hasHelped = (1..<Self.mostLooks).contains(looks)
        worth = hasHelped ? min(worth + 1, Self.mostWorth) : max(worth - 1, 0)
    }
}
