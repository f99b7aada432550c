import BinaryCodec
import CoreFile
import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage

extension FadumpKernel {
    /// Reserves memory for a kdump kernel as `crashkernel=` asks.
    ///
    /// Source: `reserve_crashkernel` (Linux 3.4, arch/powerpc/kernel/machine_kexec.c). Without an offset the area
    /// starts at half the real mode area, at most at 2 GB.
    mutating func reserveForKdump(_ parameters: BootParameters, _ hardware: Hardware) {
        guard let asked = parameters.crashKernel else { return }
        let systemMemory = memory.total
        let wanted =
            asked.offset.flatMap { $0 == 0 ? nil : $0 }
            ?? min(profile.reservation.crashKernelStart, min(realModeArea, 1 << 30) / 2)
        let start = wanted.alignedUp(to: pageSize)
        let size = asked.size.alignedUp(to: pageSize)
        if start != wanted {
            let page = KernelFormat.hex(pageSize)
            print(Message(.warning, "Crash kernel base must be aligned to \(page)"), hardware)
        }
        guard start >= profile.image.end else {
            print(Message(.warning, "Crash kernel can not overlap current kernel"), hardware)
            return
        }
        guard size > 0, let range = AddressRange(start: PhysicalAddress(start), count: size),
            memory.contains(range)
        else {
            print(Message(.warning, "Crash kernel does not fit into memory"), hardware)
            return
        }
        kdump = .reserved(range)
        print(profile.messages.crashKernelReserved(size, start, systemMemory), hardware)
    }

    /// Loads a kdump kernel, as `kexec -p` does.
    ///
    /// `commandLine` is the capture kernel's; nil makes one out of this kernel's, without fadump= and
    /// crashkernel=, for one CPU.
    /// Errors: `.addressNotAvailable` where no memory is reserved for it, `.busy` in a capture kernel.
    public mutating func loadKdumpKernel(commandLine: String?) throws(Errno) {
        guard crash == nil else { throw .operationNotSupportedByDevice }
        if case .capturing = kdump { throw .resourceBusy }
        guard let range = kdump.reservedRange else { throw .addressNotAvailable }
        let own = self.commandLine.removing(["fadump", "fadump_reserve_mem", "crashkernel"])
        let line = commandLine ?? (own.isEmpty ? "maxcpus=1" : own + " maxcpus=1")
        kdump = .loaded(KdumpImage(range: range, commandLine: line))
    }

    /// Takes the loaded kdump kernel out again, as `kexec -p -u` does.
    public mutating func unloadKdumpKernel() throws(Errno) {
        guard case .loaded(let image) = kdump else { throw .noSuchFileOrDirectory }
        kdump = .reserved(image.range)
    }

    /// Leaves this kernel for the loaded one. Every CPU that is online gets a note, as the real crash path
    /// collects them by interrupt.
    mutating func startKdumpKernel(
        _ image: KdumpImage,
        _ request: CrashRequest,
        _ hardware: inout Hardware
    ) -> [Effect] {
        dateVMCoreInfo(&hardware)
        var notes = hardware.onlineCPUs.map { cpu in
            let registers =
                cpu == request.cpu
                ? crashRegisters(request, hardware)
                : hardware.registers[cpu] ?? PowerRegisters(saved: hardware.cpuState(of: cpu).saved)
            return architecture.registerNotes.note(registers, endianness)
        }
        let information = realKernel?.information ?? vmcoreinfo(at: vmcoreinfoAddress, hardware)
        if let information { notes.append(information.note) }
        kdump = .capturing(
            KdumpCapture(
                range: image.range,
                commandLine: image.commandLine,
                notes: notes,
                ranges: memory.ranges.flatMap { $0.subtracting(image.range) }
            ),
            nil
        )
        return [.leave(.kdump)]
    }

    /// What the next kernel is given where this one was left for kdump.
    public var kdumpCapture: KdumpCapture? {
        if case .capturing(let capture, _) = kdump { return capture }
        return nil
    }

    /// Starts this kernel as the capture kernel of `capture`: its memory is what was reserved, and /proc/vmcore
    /// shows everything else.
    mutating func startKdumpCapture(_ capture: KdumpCapture, _ hardware: Hardware) {
        memory = memory.limited(to: capture.range.end)
        kdump = .capturing(capture, try? coreFile(capture.notes, kdumpSegments(capture.ranges), hardware))
    }

    /// What a kdump kernel in `reserved` would show of this kernel's memory.
    func kdumpSegments(without reserved: AddressRange) -> [CoreSegment] {
        kdumpSegments(memory.ranges.subtracting(reserved))
    }

    private func kdumpSegments(_ ranges: [AddressRange]) -> [CoreSegment] {
        let image = CoreSegment(
            physicalAddress: 0,
            virtualAddress: architecture.imageMap,
            source: AddressRange(0, upTo: PhysicalAddress(architecture.listedImage))
        )
        return (image.source.isEmpty ? [] : [image])
            + ranges.map { range in
                CoreSegment(
                    physicalAddress: range.start.rawValue,
                    virtualAddress: architecture.virtual(range.start.rawValue),
                    source: range
                )
            }
    }
}
