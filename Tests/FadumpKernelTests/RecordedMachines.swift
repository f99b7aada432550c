import KernelProfile

/// What recordings of kernels since 3.4 say about sizes and places, for other machines than those that are played
/// operation by operation.
extension RecordedMachine {
    static let all = old + middle + common + newest

    /// The area at the top, whatever it covers; crashkernel= says nothing.
    private static let old =
        [KernelProfile.linux34, .linux310, .linux44].flatMap { kernel in
            [
                RecordedMachine(kernel: kernel, nodes: true, area: 0x6bff_0000, bootMemory: 0x1400_0000),
                RecordedMachine(
                    kernel: kernel,
                    nodes: true,
                    cpus: 1,
                    area: 0x6bff_0000,
                    bootMemory: 0x1400_0000
                ),
                RecordedMachine(
                    kernel: kernel,
                    nodes: true,
                    cpus: 4,
                    area: 0x6bff_0000,
                    bootMemory: 0x1400_0000
                ),
                RecordedMachine(
                    kernel: kernel,
                    memory: 8192,
                    nodes: true,
                    area: 0x1_ebff_0000,
                    bootMemory: 0x1400_0000
                ),
                RecordedMachine(
                    kernel: kernel,
                    memory: 16384,
                    nodes: true,
                    area: 0x3_cfff_0000,
                    bootMemory: 0x3000_0000,
                    messages: ["Reserved 768MB of memory at 15615MB for firmware-assisted dump"]
                ),
                RecordedMachine(kernel: kernel, area: 0x3bff_0000, bootMemory: 0x4400_0000),
                RecordedMachine(kernel: kernel, memory: 4096, area: 0xbbff_0000, bootMemory: 0x4400_0000),
                RecordedMachine(
                    kernel: kernel,
                    memory: 1024,
                    area: 0xffff_ffff_fbff_0000,
                    bootMemory: 0x4400_0000,
                    messages: ["Reserved 1088MB of memory at 17592186044351MB for firmware-assisted dump"]
                ),
                RecordedMachine(
                    kernel: kernel,
                    nodes: true,
                    commandLine: "fadump=on mem=1G",
                    area: 0x4000_0000,
                    bootMemory: 0x1400_0000,
                    messages: ["Adjusted memory_limit for firmware-assisted dump, now 0x00000054010000"]
                ),
            ]
        } + [
            // A little-endian kernel reads the limit that the early boot code found the wrong way round.
            RecordedMachine(
                kernel: .linux44,
                nodes: true,
                commandLine: "fadump=on fadump_reserve_mem=256M",
                area: 0xf_efff_0000,
                bootMemory: 0x1000_0000,
                messages: ["Reserved 256MB of memory at 65279MB for firmware-assisted dump"]
            )
        ]

    /// From the bottom up; crashkernel= says the size; what fails leaves fadump enabled.
    private static let middle = [KernelProfile.linux414, .linux419].flatMap { kernel in
        [
            RecordedMachine(
                kernel: kernel,
                commandLine: "fadump=on crashkernel=512M",
                area: 0x2000_0000,
                messages: [
                    "fadump: Reserved 512MB of memory at 512MB for firmware-assisted dump (System RAM: 2048MB)"
                ]
            ),
            RecordedMachine(
                kernel: kernel,
                commandLine: "fadump=on crashkernel=256M",
                area: 0x1000_0000,
                bootMemory: 0x1000_0000
            ),
            RecordedMachine(
                kernel: kernel,
                commandLine: "fadump=on crashkernel=1G",
                area: 0x2000_0000,
                messages: ["fadump: Adjusted boot memory size to 512MB"]
            ),
            RecordedMachine(
                kernel: kernel,
                commandLine: "fadump=on fadump_reserve_mem=64M",
                area: 0x400_0000,
                bootMemory: 0x400_0000,
                messages: [
                    "fadump: 'fadump_reserve_mem=' parameter is deprecated in favor of 'crashkernel=' parameter."
                ]
            ),
            RecordedMachine(
                kernel: kernel,
                commandLine: "fadump=on fadump_reserve_mem=300000001",
                area: 0x11e1_a301,
                bootMemory: 0x11e1_a301,
                copy: 0x11e1_0a00
            ),
            RecordedMachine(
                kernel: kernel,
                commandLine: "fadump=on fadump_reserve_mem=256M crashkernel=512M",
                area: 0x2000_0000,
                messages: ["fadump: Using 'crashkernel=' parameter for memory reservation."]
            ),
            RecordedMachine(
                kernel: kernel,
                commandLine: "fadump=on fadump_reserve_mem=1536M",
                area: nil,
                messages: ["fadump: Failed to reserve memory"]
            ),
            RecordedMachine(kernel: kernel, area: nil, messages: ["fadump: Failed to reserve memory"]),
            RecordedMachine(kernel: kernel, nodes: true, area: 0x1400_0000, bootMemory: 0x1400_0000),
            RecordedMachine(kernel: kernel, memory: 4096, area: 0x4400_0000, bootMemory: 0x4400_0000),
            RecordedMachine(kernel: kernel, memory: 8192, area: 0x4400_0000, bootMemory: 0x4400_0000),
            RecordedMachine(
                kernel: kernel,
                nodes: true,
                commandLine: "fadump=on mem=1536M fadump_reserve_mem=256M",
                area: 0x1000_0000,
                bootMemory: 0x1000_0000,
                messages: ["Adjusted memory_limit for firmware-assisted dump, now 0x00000070010000"]
            ),
        ]
    }
}
