import FadumpKernel
import KernelProfile
import PhysicalMemory
import PowerFirmware
import SystemPackage

/// What can be read of a machine, at any moment.
extension Machine {
    /// The number of the running boot; nil while none runs.
    public var runningBoot: UInt64? {
        state.withLock { $0.kernel == nil ? nil : $0.boot }
    }

    /// Whether a file of `boot` exists now.
    public func exists(_ attribute: Attribute, boot: UInt64) -> Bool {
        state.withLock { $0.boot == boot && $0.exists(attribute) }
    }

    /// The contents of a file of `boot`.
    ///
    /// Errors: `.operationNotSupportedByDevice` where that boot is over or its kernel down.
    public func show(_ attribute: Attribute, boot: UInt64) throws(Errno) -> String {
        let result: Result<String, Errno> = state.withLock { state in
            state.boot == boot ? state.show(attribute) : .failure(.operationNotSupportedByDevice)
        }
        return try result.get()
    }

    /// /proc/vmcore of `boot`, while there is one.
    public func vmcore(boot: UInt64) -> VMCoreHandle? {
        state.withLock { $0.boot == boot ? $0.vmcore : nil }
    }

    /// The core file of OPAL in `boot`, while there is one.
    public func opalCore(boot: UInt64) -> VMCoreHandle? {
        state.withLock { $0.boot == boot ? $0.opalCore : nil }
    }

    /// /proc/vmcore of whatever boot runs, while there is one.
    public var vmcore: VMCoreHandle? { state.withLock { $0.vmcore } }

    /// The truth about that dump, while there is one.
    public var truth: TruthHandle? { state.withLock { $0.truth } }

    /// What the device tree says of dumps, as the kernel of the running boot got it.
    public var deviceTree: [DeviceTreeProperty] { state.withLock { $0.deviceTree } }

    /// The node of firmware in that device tree, and what its root says of the platform.
    public var deviceTreeNode: DeviceTreeNode? { state.withLock { $0.deviceTreeNode } }
    public var rootProperties: [DeviceTreeProperty] { state.withLock { $0.hardware.firmware.rootProperties } }

    /// The machine's RAM as it stands now, with physical addresses as offsets.
    public var memory: MemoryImage { state.withLock { MemoryImage($0.hardware.ram) } }

    /// Of it only what is asked for: `count` bytes from `address` on, as far as memory goes.
    public func memory(at address: UInt64, count: Int) -> MemoryImage {
        state.withLock { state in
            let end = state.hardware.ram.map.end
            var image = MemoryImage()
            guard address < end.rawValue else { return image }
            let start = PhysicalAddress(address)
            let window = AddressRange(
                start,
                upTo: start &+ min(UInt64(clamping: count), end.rawValue - address)
            )
            image.append(window, of: state.hardware.ram)
            return image
        }
    }

    /// Where in RAM from `address` on something was written, or something makes it up; nil past the last such place.
    public func nextMemoryData(from address: UInt64) -> UInt64? {
        state.withLock { $0.hardware.ram.nextData(from: PhysicalAddress(address))?.rawValue }
    }

    /// Where in RAM from `address` on nothing is, the end included; nil from there on.
    public func nextMemoryHole(from address: UInt64) -> UInt64? {
        state.withLock { $0.hardware.ram.nextHole(from: PhysicalAddress(address))?.rawValue }
    }

    /// The first address above all memory.
    public var memoryEnd: UInt64 { state.withLock { $0.hardware.ram.map.end.rawValue } }

    /// Writes into RAM. The lock is held, so that no byte lands in memory that a crash is just preserving.
    ///
    /// Errors: `.notPermitted` for memory that holds a waiting dump, `.badAddress` for what is no memory,
    /// `.operationNotSupportedByDevice` while power is off.
    public func writeMemory(_ bytes: [UInt8], at address: UInt64) throws(Errno) {
        let failure: Errno? = state.withLock { state in
            if case .off = state.power { return .operationNotSupportedByDevice }
            do throws(Errno) {
                try state.hardware.ram.write(bytes, at: PhysicalAddress(address))
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    public var status: StatusReport {
        let now = clock.look()
        return state.withLock { state in
            state.advance(to: now)
            return state.status
        }
    }

    /// What happened lately, thousands of events back.
    public var events: [Event] { state.withLock { $0.events.events } }

    /// The running kernel's log, with level and time: the lines from number `first` on if that boot still runs, else
    /// all lines of the boot that does.
    public func kernelLog(ofBoot boot: UInt64, from first: Int) -> (boot: UInt64, lines: [String]) {
        state.withLock { state in
            guard let records = state.kernel?.log.records else { return (state.boot, []) }
            let skipped = state.boot == boot ? min(max(0, first), records.count) : 0
            return (state.boot, records[skipped...].map(\.line))
        }
    }
}
