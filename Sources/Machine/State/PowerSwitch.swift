import FadumpKernel
import PhysicalMemory
import SystemPackage

extension MachineState {
    /// Cuts the power: RAM and a waiting dump are gone.
    mutating func powerOff() -> [MachineEffect] {
        hardware.firmware.powerOff()
        power = .off
        kernel = nil
        scene = nil
        deviceTree = []
        deviceTreeNode = nil
        let answers = answersAfterBoot.map { MachineEffect.answer($0.0, $0.1) }
        answersAfterBoot = []
        do {
            hardware.ram.forgetAll()
            hardware.ram = try configuration.freshMemory(hardware.ram.map, layout)
        } catch {
            return [note("host-failure", ["doing": "clearing RAM", "errno": String(describing: error)])]
                + answers
        }
        return [note("power-off")] + answers
    }

    /// Switches the power on: the machine boots with cleared memory.
    ///
    /// Errors: `.fileExists` where power is on already.
    mutating func powerOn() throws(Errno) -> [MachineEffect] {
        guard case .off = power else { throw .fileExists }
        return [note("power-on")] + startKernel(nil)
    }

    /// Ends the boot from outside the kernel.
    mutating func forceDeparture(_ departure: Departure, _ request: RequestID, _ count: Int)
        -> [MachineEffect]
    {
        switch power {
        case .running:
            return leave(departure, answering: [(request, .success(count))])
        case .resetting where departure == .powerOff:
            answersAfterBoot.append((request, .success(count)))
            return powerOff()
        case .resetting, .off:
            return [
                .answer(
                    request,
                    .failure(departure == .powerOff ? .alreadyInProcess : .operationNotSupportedByDevice)
                )
            ]
        }
    }
}
