import CoreFile
import PhysicalMemory
import Synchronization

/// /proc/vmcore of one boot as its readers hold it: the contents, and whether they were released.
///
/// Readers take no lock; a released dump fails every later read.
public final class VMCoreHandle: Sendable {
    public let core: CoreFile
    private let released = Atomic(false)
    private let state: Mutex<State>

    private struct State {
        var delivery: VMCoreDelivery
        /// To be called when it is released.
        var endings: [@Sendable () -> Void] = []
    }

    /// The store once it is /proc/vmcore. Held while it is made so, which takes longer than the rest.
    private let settled = Mutex<MemoryStore?>(nil)

    init(_ core: CoreFile, _ delivery: VMCoreDelivery) {
        self.core = core
        state = Mutex(State(delivery: delivery))
    }

    public var isReleased: Bool { released.load(ordering: .acquiring) }

    /// How its bytes reach readers.
    public var delivery: VMCoreDelivery { state.withLock { $0.delivery } }

    /// The store whose file is the dump. The first who asks waits for what has to be written for that: headers and notes,
    /// and what of memory is made up when it is read.
    ///
    /// Nil where the dump is read directly; it is from now on where the host has no room for that.
    public func store() -> MemoryStore? {
        settled.withLock { settled in
            guard !isReleased, case .passthrough(let settling) = delivery else { return nil }
            if let settled { return settled }
            do {
                settled = try settling.carryOut(unless: { isReleased })
            } catch {
                deliverDirectly(because: "the host could not make a file of the dump: \(error)")
            }
            return settled
        }
    }

    /// The store could not be used after all: told before anybody has it open.
    public func deliverDirectly(because reason: String) {
        state.withLock { $0.delivery = .direct(reason) }
    }

    /// Calls `body` when the dump is released or its boot ends; at once where that was.
    public func whenReleased(_ body: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            if !isReleased { state.endings.append(body) }
            return isReleased
        }
        if isLate { body() }
    }

    func release() {
        let endings = state.withLock { state in
            released.store(true, ordering: .releasing)
            defer { state.endings = [] }
            return state.endings
        }
        // Nobody writes to the store any more when it goes.
        settled.withLock { _ in }
        for ending in endings { ending() }
    }
}

/// How the bytes of /proc/vmcore reach its readers. Settled when a boot has a dump, before anybody opens it.
public enum VMCoreDelivery: Sendable {
    /// The file of a store is /proc/vmcore, once this was carried out: whoever serves the files may let it be read without
    /// asking.
    case passthrough(Settling)
    /// Every read is answered out of memory, for this reason.
    case direct(String)

    /// The word for it in reports: as in `--vmcore`.
    public var mode: VMCoreMode {
        switch self {
        case .passthrough: .passthrough
        case .direct: .direct
        }
    }

    /// Why it is not passthrough.
    public var reason: String? {
        if case .direct(let reason) = self { return reason }
        return nil
    }
}

/// How /proc/vmcore shall be read.
public enum VMCoreMode: String, Sendable, Hashable, CaseIterable, Codable {
    /// By passthrough where that can be had and costs no more than its share of the host's memory.
    case auto
    /// By passthrough where it can be had, whatever mappings of it may take of the host's memory.
    case passthrough
    /// Never by passthrough.
    case direct
}
