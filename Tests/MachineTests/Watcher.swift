import Machine
import Synchronization
import SystemPackage

/// Remembers what a machine told its observer, and the answers it gave.
final class Watcher: MachineObserver {
    private let lines = Mutex<[String]>([])

    var seen: [String] { lines.withLock { $0 } }
    private func note(_ line: String) { lines.withLock { $0.append(line) } }

    func bootEnded(_ boot: UInt64) { note("ended \(boot)") }
    func bootStarted(_ boot: UInt64) { note("started \(boot)") }
    func dumpReleased() { note("released") }
    func eventHappened(_ event: Event) { note(event.event) }
    func kernelLogGrew() {}

    /// An answer that is remembered under `name`.
    func answer(_ name: String) -> Answer { Answer(name: name, watcher: self) }

    struct Answer: PendingAnswer {
        let name: String
        let watcher: Watcher

        func finish(_ result: Result<Int, Errno>) {
            switch result {
            case .success(let count): watcher.note("\(name): \(count)")
            case .failure(let errno): watcher.note("\(name): errno \(errno.rawValue)")
            }
        }
    }
}
