import CoreFile
import CrashTruth
import FadumpKernel
import KernelProfile
import PowerFirmware

extension MachineState {
    /// What the machine is in the moment in which `kernel` crashes.
    func scene(of kernel: FadumpKernel) -> CrashScene {
        let architecture = kernel.architecture
        var facts = TruthFacts(
            machine: configuration.name,
            boot: boot,
            kernel: configuration.kernel.name,
            release: configuration.effectiveKernel.release,
            endianness: kernel.endianness,
            architecture: architecture.machine,
            pageSize: architecture.pageSize ?? configuration.pageSize
        )
        for setting in MachineSetting.allCases {
            facts[TruthSettings.key(setting)] = configuration.text(of: setting)
        }
        for line in kernelMemory?.plan?.lines ?? [] { facts[line.key] = line.value }
        var scene = CrashScene(
            facts: facts,
            ram: hardware.ram,
            cpus: hardware.onlineCPUs.map { cpu in
                let registers = kernel.registersInDump(of: cpu, hardware)
                return CrashScene.CPU(
                    id: cpu,
                    note: architecture.registerNotes.note(registers, kernel.endianness)
                )
            },
            crashingCPU: kernel.crash.flatMap { $0.request.kind == .console ? nil : $0.request.cpu }
        )
        scene.pageArray = kernelMemory?.pageArray
        scene.facts[TruthSettings.pageArray] = scene.pageArray.map { String($0.start.rawValue, radix: 16) }
        return scene
    }

    /// Keeps the truth in step with /proc/vmcore: it lasts as long as somebody may still get to see the dump.
    mutating func syncTruth() {
        guard let vmcore else {
            truth = nil
            if !hardware.firmware.hasWaitingDump { scene = nil }
            return
        }
        if truth == nil, let scene { truth = TruthHandle(scene, about: vmcore) }
    }
}
