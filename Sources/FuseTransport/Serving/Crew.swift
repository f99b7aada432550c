import Synchronization

/// The workers of a `ServingLoop`, and who of them is the leader.
final class Crew: Sendable {
    private struct Members {
        var workers: [Worker] = []
        /// Who has nothing to do; the last one, whose caches are warmest, is called first.
        var idle: [Worker] = []
        /// The numbers of those who sleep in the device beside the leader.
        var besideLeader: [Int] = []
    }

    /// As many threads may serve.
    private static let most = 8

    private let members = Mutex(Members())
    /// The number of the worker that takes requests; `nobody` while all are busy.
    private let leader = Atomic(0)
    private static let nobody = -1

    /// The first one leads from the beginning.
    init(_ first: Worker) { members.withLock { $0.workers = [first] } }

    var workers: [Worker] { members.withLock { $0.workers } }

    func leads(_ worker: Worker) -> Bool { leader.load(ordering: .acquiring) == worker.number }

    /// Makes another worker the leader, a new one where none is free; where all are busy, whoever is done first becomes it.
    ///
    /// `start` lets a new one work. It returns false where the host has no more threads.
    func appoint(_ start: (Worker) -> Bool) {
        members.withLock { members in
            if let next = members.besideLeader.popLast() {
                leader.store(next, ordering: .releasing)
            } else if let next = members.idle.popLast() {
                leader.store(next.number, ordering: .releasing)
                next.call()
            } else if members.workers.count < Self.most {
                let next = Worker(number: members.workers.count)
                leader.store(next.number, ordering: .releasing)
                if start(next) {
                    members.workers.append(next)
                } else {
                    leader.store(Self.nobody, ordering: .releasing)
                }
            } else {
                leader.store(Self.nobody, ordering: .releasing)
            }
        }
    }

    /// Waits until `worker` is called, unless nobody leads: then it leads at once.
    func rest(_ worker: Worker) {
        let waits = members.withLock { members in
            guard leader.load(ordering: .relaxed) != Self.nobody else {
                leader.store(worker.number, ordering: .releasing)
                return false
            }
            members.idle.append(worker)
            return true
        }
        if waits { worker.waitForCall() }
    }

    /// Calls `take` for a worker beside the leader, or where nobody leads, as the leader. Who is made leader meanwhile leads
    /// when this returns.
    func besideLeader(_ worker: Worker, _ take: () -> Int32) -> Int32 {
        members.withLock { members in
            if leader.load(ordering: .relaxed) == Self.nobody {
                leader.store(worker.number, ordering: .releasing)
            } else {
                members.besideLeader.append(worker.number)
            }
        }
        defer { members.withLock { $0.besideLeader.removeAll { $0 == worker.number } } }
        return take()
    }
}
