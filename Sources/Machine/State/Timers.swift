import FadumpKernel

extension MachineState {
    /// A wait is over. A timer of an earlier boot does nothing.
    mutating func handle(_ timer: MachineTimer) -> [MachineEffect] {
        switch timer {
        case .kernel(let wakeup, let boot):
            guard boot == self.boot else { return [] }
            return withKernel { kernel, hardware in kernel.resume(wakeup, on: &hardware) }
        case .reset(let step, let boot):
            guard boot == self.boot else { return [] }
            return resume(step)
        }
    }
}
