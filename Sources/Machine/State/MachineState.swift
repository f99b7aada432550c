import CoreFile
import CrashTruth
import FadumpKernel
import KernelProfile
import PhysicalMemory
import PowerFirmware
import SyntheticKernel
import SystemPackage

/// One machine as a value: power, boots, hardware and the kernel that runs. Input in, effects out.
///
/// The only thing it touches is its RAM, which is part of it.
struct MachineState: Sendable {
    /// Whether a kernel runs, and if not, what comes next.
    enum Power: Sendable {
        case off
        case running
        /// Between two boots. `kdump` is what a crashed kernel hands to its capture kernel.
        case resetting(Departure, kdump: KdumpCapture?)
    }

    let configuration: MachineConfiguration
    var power: Power = .off
    /// The kernel that runs, if one does. Not within `power`: a kernel that is taken out of an enumeration to be asked
    /// something is copied, with hundreds of references, for each read of a file.
    var kernel: FadumpKernel?
    var hardware: Hardware
    /// Counts the boots; the first is 1.
    var boot: UInt64 = 0
    var events = EventLog()
    /// /proc/vmcore of this boot, shared with everybody who has it open.
    var vmcore: VMCoreHandle?
    /// What the machine was when it crashed, while the dump of that may still be read.
    var scene: CrashScene?
    /// The truth about the dump that this boot shows.
    var truth: TruthHandle?
    /// OPAL's own core file, likewise.
    var opalCore: VMCoreHandle?
    /// How the kernel lays things out in memory, and what of it is there in this boot.
    let layout: KernelLayout
    var kernelMemory: KernelMemory?
    /// The kernel that the waiting dump is of, where that was a real one out of an image.
    var crashedKernel: RealKernel?
    /// Why the dump of this boot cannot be one store; nil where it can.
    var scattered: String?
    /// Why the kernel that serves the files cannot read the dump by itself; nil where it can.
    var transportRefusal: String? = "nothing serves the machine's files"
    /// The device tree as this boot's kernel got it: it does not change when the dump is invalidated.
    var deviceTree: [DeviceTreeProperty] = []
    /// The node of firmware in it.
    var deviceTreeNode: DeviceTreeNode?
    /// Answers to give when the next boot can be read.
    var answersAfterBoot: [(RequestID, Result<Int, Errno>)] = []

    /// Machine time in microseconds since the machine was built.
    var time: UInt64 = 0
    var bootTime: UInt64 = 0

    init(_ configuration: MachineConfiguration) throws(Errno) {
        self.configuration = configuration
        layout = configuration.kernelLayout
        hardware = Hardware(
            firmware: PowerFirmware(configuration.platformConfiguration),
            ram: try configuration.freshMemory(configuration.memory, layout),
            onlineCPUs: (0..<UInt32(configuration.cpus)).map { $0 },
            seed: configuration.seed
        )
    }

    mutating func advance(to reading: ClockReading) {
        time = max(time, reading.microseconds)
        hardware.uptime = time - bootTime
        hardware.wallClock = reading.wallClock
    }

    mutating func note(_ event: String, _ details: [String: String] = [:]) -> MachineEffect {
        .event(events.append(event, details, boot: boot, time: time))
    }

    /// Lets the running kernel handle something, and deals with what it wants.
    mutating func withKernel(
        _ body: (inout FadumpKernel, inout Hardware) -> [Effect]
    ) -> [MachineEffect] {
        // Held once while it changes: a kernel that is held twice would be copied, its log included.
        guard var kernel = kernel.take() else { return [] }
        let printed = kernel.log.records.count
        let effects = body(&kernel, &hardware)
        self.kernel = kernel
        let released = syncVMCore()
        // In memory before anything that follows can preserve it.
        let kept = keepLog(kernel)
        return released + kept + (kernel.log.records.count > printed ? [.logGrew] : []) + carryOut(effects)
    }

    /// Translates the kernel's effects; after a departure the remaining answers wait for the next boot.
    private mutating func carryOut(_ effects: [Effect]) -> [MachineEffect] {
        var result: [MachineEffect] = []
        for (index, effect) in effects.enumerated() {
            switch effect {
            case .answer(let request, let answer): result.append(.answer(request, answer))
            case .wait(let milliseconds, let wakeup):
                result.append(.wait(milliseconds: milliseconds, .kernel(wakeup, boot: boot)))
            case .note(let event, let details): result.append(note(event, details))
            case .leave(let departure):
                let rest = effects[(index + 1)...].compactMap { effect -> (RequestID, Result<Int, Errno>)? in
                    if case .answer(let request, let answer) = effect { return (request, answer) }
                    return nil
                }
                return result + leave(departure, answering: rest)
            }
        }
        return result
    }

    /// Keeps the shared /proc/vmcore in step with the kernel's: a released one is dead for everybody at once.
    private mutating func syncVMCore() -> [MachineEffect] {
        let (core, opal) = (kernel?.vmcore, kernel?.opalCore)
        var effects: [MachineEffect] = []
        if core == nil {
            effects += Self.release(&vmcore)
        } else if vmcore == nil, let core {
            vmcore = VMCoreHandle(core, delivery(of: core))
        }
        if opal == nil {
            effects += Self.release(&opalCore)
        } else if opalCore == nil, let opal {
            opalCore = VMCoreHandle(opal, .direct("a binary file of sysfs is read by pages"))
        }
        syncTruth()
        // Only now, when everybody who has it open knows that it is released.
        hardware.ram.forgetDisplaced()
        return effects
    }

    static func release(_ handle: inout VMCoreHandle?) -> [MachineEffect] {
        guard let released = handle else { return [] }
        released.release()
        handle = nil
        return [.dumpReleased]
    }
}

/// What the clocks say when something happens.
struct ClockReading: Sendable {
    /// Microseconds of machine time.
    var microseconds: UInt64
    /// Seconds since 1970.
    var wallClock: Int64
}
