import FadumpKernel
import PhysicalMemory
import SystemPackage

extension MachineState {
    /// Takes a CPU online or offline. Only CPUs that are online at the crash are in the dump.
    mutating func setCPU(_ number: UInt32, online: Bool) throws(Refusal) -> MachineEffect {
        guard number < configuration.effectiveMaximumCPUs else {
            throw Refusal(
                .operationNotSupportedByDevice,
                "the machine has room for \(configuration.effectiveMaximumCPUs) CPUs"
            )
        }
        guard case .running = power else {
            throw Refusal(.operationNotSupportedByDevice, "no kernel is running")
        }
        let isOnline = hardware.onlineCPUs.contains(number)
        guard isOnline != online else {
            throw Refusal(.invalidArgument, "CPU \(number) is \(online ? "online" : "offline") already")
        }
        if online {
            hardware.onlineCPUs = (hardware.onlineCPUs + [number]).sorted()
        } else {
            guard hardware.onlineCPUs.count > 1 else { throw Refusal(.resourceBusy, "it is the last CPU") }
            hardware.onlineCPUs.removeAll { $0 == number }
        }
        return note(online ? "cpu-online" : "cpu-offline", ["cpu": String(number)])
    }

    /// Adds memory to the running machine.
    mutating func addMemory(_ range: AddressRange) throws(Refusal) -> MachineEffect {
        try checkBlock(range)
        guard range.end.rawValue <= MachineConfiguration.largestMemory else {
            throw Refusal(
                .invalidArgument,
                "memory ends at \(ByteSize.text(MachineConfiguration.largestMemory))"
            )
        }
        guard !hardware.ram.map.ranges.contains(where: { $0.overlaps(range) }) else {
            throw Refusal(.fileExists, "some of it is memory already")
        }
        _ = try onKernel("not taken into use: ") { kernel, _ throws(Errno) in
            try kernel.memoryAdded(range)
            return []
        }
        do {
            try hardware.ram.add(range)
        } catch {
            throw Refusal(error, "the host has no memory for it: \(error)")
        }
        return note("memory-added", ["range": range.description])
    }

    /// Takes memory out of the running machine.
    mutating func removeMemory(_ range: AddressRange) throws(Refusal) -> MachineEffect {
        try checkBlock(range)
        guard !hardware.firmware.reservedRanges.contains(where: { $0.overlaps(range) }) else {
            throw Refusal(.resourceBusy, "firmware is in it")
        }
        _ = try onKernel("not removed: ") { kernel, _ throws(Errno) in
            try kernel.memoryRemoved(range)
            return []
        }
        do {
            try hardware.ram.remove(range)
        } catch {
            throw Refusal(error, "some of it is no memory")
        }
        return note("memory-removed", ["range": range.description])
    }

    /// Logical memory blocks are 16 MB at the least (PAPR, dynamic reconfiguration).
    private func checkBlock(_ range: AddressRange) throws(Refusal) {
        let block: UInt64 = 16 << 20
        guard range.start.rawValue.isMultiple(of: block), range.count.isMultiple(of: block) else {
            throw Refusal(.invalidArgument, "memory comes in blocks of \(ByteSize.text(block))")
        }
        guard case .running = power else {
            throw Refusal(.operationNotSupportedByDevice, "no kernel is running")
        }
    }
}
