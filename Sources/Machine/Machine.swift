import Dispatch
import FadumpKernel
import KernelProfile
import PhysicalMemory
import PowerFirmware
import Synchronization
import SystemPackage

/// Who wants to know when the files of a machine change. Called without the machine's lock, in order.
public protocol MachineObserver: AnyObject, Sendable {
    /// The files of this boot are gone; every pending request of the boot is about to be answered.
    func bootEnded(_ boot: UInt64)
    /// The files of this boot can be read.
    func bootStarted(_ boot: UInt64)
    /// A dump was released: nobody may read it any more by what he holds open. Who released it is answered when this
    /// returns.
    func dumpReleased()
    func eventHappened(_ event: Event)
    /// The kernel printed something, or a new kernel has an empty log.
    func kernelLogGrew()
}

/// The answer that a request waits for.
public protocol PendingAnswer: Sendable {
    /// Gives the answer: bytes taken, or an errno.
    func finish(_ result: Result<Int, Errno>)
}

/// One emulated machine: the only place with a lock.
///
/// An input makes a new state and effects; the effects are carried out in order, outside the lock, by whoever
/// got there first. Nothing waits: a wait is an effect that comes back as an input, after no time at all on an
/// instant clock.
public final class Machine: Sendable {
    public let configuration: MachineConfiguration
    let state: Mutex<MachineState>
    private let shell: Mutex<Shell>
    let clock: MachineClock
    private let timers = DispatchQueue(label: "fadumpfs.timers")

    /// What the effects need: who waits for which answer, and the effects not yet carried out.
    private struct Shell {
        var answers: [RequestID: any PendingAnswer] = [:]
        var boots: [RequestID: UInt64] = [:]
        var lastRequest: UInt64 = 0
        var effects: [MachineEffect] = []
        var isRunning = false
        /// Waits that took no time since the last answer.
        var instantWaits = 0
        weak var observer: (any MachineObserver)?
    }

    /// Builds a machine with its power off.
    ///
    /// Errors: those of making the memory that backs its RAM.
    public init(_ configuration: MachineConfiguration) throws(Errno) {
        self.configuration = configuration
        state = Mutex(try MachineState(configuration))
        shell = Mutex(Shell())
        clock = MachineClock(configuration.clock, date: configuration.date)
        configuration.image?.onTrouble { [weak self] problem in self?.report(problem) }
    }

    /// Notes that the machine's image cannot be read. Whoever reads it may hold locks of the machine: the event comes
    /// when they are free.
    private func report(_ problem: String) {
        timers.async { [weak self] in
            self?.input { state in [state.note("image-failure", ["problem": problem])] }
        }
    }

    /// Tells `observer` of everything from now on; one observer at a time, held weakly.
    public func observe(_ observer: any MachineObserver) {
        shell.withLock { $0.observer = observer }
    }

    /// Switches the power on; does nothing where it is on.
    public func start() {
        input { state in (try? state.powerOn()) ?? [] }
    }
}

// MARK: Requests

extension Machine {
    /// A write to a file of `boot`; `answer` gets its result, at once or later.
    public func store(
        _ attribute: Attribute,
        _ bytes: [UInt8],
        boot: UInt64,
        _ answer: some PendingAnswer
    ) {
        let request = expect(answer, boot: boot)
        input { state in
            guard state.boot == boot, state.kernel != nil else {
                return [.answer(request, .failure(.operationNotSupportedByDevice))]
            }
            return state.withKernel { kernel, hardware in
                kernel.store(attribute, bytes, request, on: &hardware)
            }
        }
    }

    /// A line written to `machine/control`.
    public func control(_ line: String, count: Int, _ answer: some PendingAnswer) {
        let request = expect(answer, boot: nil)
        input { state in state.control(line, request, count: count) }
    }

    private func expect(_ answer: some PendingAnswer, boot: UInt64?) -> RequestID {
        shell.withLock { shell in
            shell.lastRequest += 1
            let request = RequestID(rawValue: shell.lastRequest)
            shell.answers[request] = answer
            shell.boots[request] = boot
            return request
        }
    }
}

// MARK: Input and effects

extension Machine {
    /// Changes the state and carries out what follows from it.
    func input(_ body: (inout MachineState) -> [MachineEffect]) {
        let reading = clock.reading()
        state.withLock { state in
            state.advance(to: reading)
            let effects = body(&state)
            // Queued before the lock is free, so that effects keep the order of the inputs.
            shell.withLock { $0.effects += effects }
        }
        run()
    }

    /// Carries out the queued effects, unless somebody is doing so already.
    private func run() {
        while let effect = nextEffect() { perform(effect) }
    }

    private func nextEffect() -> MachineEffect? {
        shell.withLock { shell in
            if shell.isRunning { return nil }
            guard !shell.effects.isEmpty else { return nil }
            shell.isRunning = true
            return shell.effects.removeFirst()
        }
    }

    private func perform(_ effect: MachineEffect) {
        let observer = shell.withLock { $0.observer }
        switch effect {
        case .answer(let request, let result):
            shell.withLock { $0.instantWaits = 0 }
            take(request)?.finish(result)
        case .keep(let request): shell.withLock { $0.boots[request] = nil }
        case .wait(let milliseconds, let timer): wait(milliseconds, timer)
        case .bootEnded(let boot):
            for request in requests(of: boot) {
                take(request)?.finish(.failure(.operationNotSupportedByDevice))
            }
            observer?.bootEnded(boot)
        case .bootStarted(let boot): observer?.bootStarted(boot)
        case .dumpReleased: observer?.dumpReleased()
        case .event(let event): observer?.eventHappened(event)
        case .logGrew: observer?.kernelLogGrew()
        }
        shell.withLock { $0.isRunning = false }
    }

    private func take(_ request: RequestID) -> (any PendingAnswer)? {
        shell.withLock { shell in
            shell.boots[request] = nil
            return shell.answers.removeValue(forKey: request)
        }
    }

    private func requests(of boot: UInt64) -> [RequestID] {
        shell.withLock { shell in shell.boots.filter { $0.value == boot }.map(\.key) }
    }

    private func wait(_ milliseconds: UInt64, _ timer: MachineTimer) {
        var delay = milliseconds
        if configuration.clock == .instant {
            clock.skip(milliseconds: milliseconds)
            guard isWaitingForEver() else { return enqueue(timer) }
            delay = 1
        }
        // Held until then: a machine that something refers to weakly pays for it with every reference.
        timers.asyncAfter(deadline: .now() + .milliseconds(Int(clamping: delay))) { [self] in
            enqueue(timer)
            run()
        }
    }

    /// Firmware that is busy without end keeps its caller for ever, but nobody else: after many waits that took no
    /// time the next ones take a little, and others have their turn.
    private func isWaitingForEver() -> Bool {
        shell.withLock { shell in
            shell.instantWaits += 1
            return shell.instantWaits > 1000
        }
    }

    /// Lets a timer go off: what follows is queued behind what is queued already.
    private func enqueue(_ timer: MachineTimer) {
        let reading = clock.reading()
        state.withLock { state in
            state.advance(to: reading)
            let effects = state.handle(timer)
            shell.withLock { $0.effects += effects }
        }
    }
}
