import KernelProfile

/// The kernels since 5.4: 320 MB at least, the area right behind boot memory.
extension RecordedMachine {
    private static let deprecated =
        "fadump: 'fadump_reserve_mem=' parameter is deprecated in favor of 'crashkernel=' parameter."

    /// What they have in common. `reserved` is mem_reserved with 512M and 320M, where there is such a file.
    static let common =
        kernels(.linux54, nil, nil, copy: 0xa00, hasParameters: false)
        + kernels(.linux510, "536936448", "335609856", copy: 0xa00, hasParameters: false)
        + kernels(.linux61, "537001984", "335675392", copy: 0x1_0000, hasParameters: false)
        + kernels(.linux612, "536937128", "335610536", copy: 0x1_0000, hasParameters: true)
        + kernels(.linux72, "536937128", "335610536", copy: 0x1_0000, hasParameters: true)

    private static func kernels(
        _ kernel: KernelProfile,
        _ reserved512: String?,
        _ reserved320: String?,
        copy: UInt64,
        hasParameters: Bool
    ) -> [RecordedMachine] {
        let top: UInt64? = hasParameters ? 0x7fff_f800 : nil
        var machine = RecordedMachine(
            kernel: kernel,
            commandLine: "fadump=on crashkernel=512M",
            area: 0x2000_0000,
            memoryReserved: reserved512,
            copy: 0x2000_0000 + copy,
            parameterArea: top
        )
        machine.messages = ["fadump: Reserved 512MB of memory at 0x00000020000000 (System RAM: 2048MB)"]
        var all = [machine]
        func add(_ change: (inout RecordedMachine) -> Void) {
            var other = machine
            other.messages = []
            change(&other)
            all.append(other)
        }
        add { $0.commandLine = "fadump=onx crashkernel=512M" }
        add { $0.commandLine = "fadump=nocma crashkernel=512M" }
        add { $0.commandLine = "fadump=on,nocma crashkernel=512M" }
        add { $0.commandLine = "fadump=on crashkernel=512M@256M" }
        add {
            $0.commandLine = "fadump=on crashkernel=1G"
            $0.messages = ["fadump: Adjusted boot memory size to 512MB"]
        }
        add {
            $0.commandLine = "fadump=on fadump_reserve_mem=512M"
            $0.messages = [deprecated]
        }
        for (memory, end) in [(2048, 0x8000_0000), (4096, 0x1_0000_0000), (8192, 0x2_0000_0000)]
            as [(UInt64, UInt64)]
        {
            add {
                $0.memory = memory
                $0.commandLine = "fadump=on"
                ($0.area, $0.bootMemory, $0.copy) = (0x1400_0000, 0x1400_0000, 0x1400_0000 + copy)
                $0.memoryReserved = reserved320
                $0.parameterArea = hasParameters ? end - 2048 : nil
            }
        }
        add {
            $0.memory = 12288
            $0.commandLine = "fadump=on"
            ($0.memoryReserved, $0.parameterArea) = (reserved512, hasParameters ? 0x2_ffff_f800 : nil)
        }
        add {
            $0.commandLine = "fadump=on fadump_reserve_mem=1536M"
            ($0.area, $0.copy, $0.memoryReserved, $0.parameterArea) = (nil, nil, nil, nil)
            $0.messages = ["fadump: Failed to find memory chunk for reservation!"]
        }
        return all + tooSmall(kernel)
    }

    /// Less than the minimum: fadump is off, and kdump has its turn.
    private static func tooSmall(_ kernel: KernelProfile) -> [RecordedMachine] {
        let message = "fadump: Can't enable fadump with boot memory size (0x10000000) less than 0x14000000"
        return [
            RecordedMachine(
                kernel: kernel,
                commandLine: "fadump=on crashkernel=256M",
                area: nil,
                kdump: 256 << 20,
                messages: [message]
            ),
            RecordedMachine(
                kernel: kernel,
                commandLine: "fadump=on fadump_reserve_mem=256M",
                area: nil,
                messages: [message]
            ),
        ]
    }

    /// Linux 7.2 alone.
    static let newest =
        [
            RecordedMachine(
                kernel: .linux72,
                commandLine: "fadump=on crashkernel=64M",
                area: nil,
                kdump: 64 << 20,
                messages: [
                    "fadump: Can't enable fadump with boot memory size (0x4000000) less than 0x14000000",
                    "crashkernel reserved: 0x0000000020000000 - 0x0000000024000000 (64 MB)",
                ]
            ),
            RecordedMachine(
                kernel: .linux72,
                commandLine: "fadump=on crashkernel=512M",
                pageSize: 4 << 10,
                area: 0x2000_0000,
                memoryReserved: "536875688",
                copy: 0x2000_1000,
                parameterArea: 0x7fff_f800
            ),
            RecordedMachine(
                kernel: .linux72,
                commandLine: "fadump=on crashkernel=384M",
                area: 0x1800_0000,
                bootMemory: 0x1800_0000,
                memoryReserved: "402719400",
                parameterArea: 0x7fff_f800
            ),
            RecordedMachine(
                kernel: .linux72,
                commandLine: "fadump=on crashkernel=333333K",
                area: 0x1459_0000,
                bootMemory: 0x1459_0000,
                parameterArea: 0x7fff_f800
            ),
            RecordedMachine(
                kernel: .linux72,
                memory: 1280,
                commandLine: "fadump=on crashkernel=320M",
                area: 0x1400_0000,
                bootMemory: 0x1400_0000,
                parameterArea: 0x4fff_f800
            ),
            RecordedMachine(
                kernel: .linux72,
                memory: 4096,
                commandLine: "fadump=on mem=2G crashkernel=512M",
                area: 0x2000_0000,
                parameterArea: 0x7fff_f800,
                messages: ["fadump: Reserved 512MB of memory at 0x00000020000000 (System RAM: 4096MB)"]
            ),
            RecordedMachine(
                kernel: .linux72,
                memory: 4096,
                commandLine: "fadump=on crashkernel=1G",
                mmu: .hash,
                area: 0x4000_0000,
                bootMemory: 0x4000_0000,
                parameterArea: 0x3fff_f800
            ),
        ]
        + [("512M", 0x2000_0000), ("384M", 0x1800_0000)].map { text, size in
            RecordedMachine(
                kernel: .linux72,
                commandLine: "fadump=on crashkernel=\(text)",
                mmu: .hash,
                area: UInt64(size),
                bootMemory: UInt64(size),
                messages: ["fadump: WARNING: Could not setup area to pass additional parameters!"]
            )
        }
        + [
            ("4G", nil), ("auto", "crashkernel: memory value expected"),
            ("foo", "crashkernel: memory value expected"),
            ("0", nil), ("512M,high", nil), ("4G-:512M", "crashkernel size resulted in zero bytes"),
        ].map { (value: String, message: String?) in
            RecordedMachine(
                kernel: .linux72,
                commandLine: "fadump=on crashkernel=\(value)",
                area: 0x1400_0000,
                bootMemory: 0x1400_0000,
                parameterArea: 0x7fff_f800,
                messages: message.map { [$0] } ?? []
            )
        } + [
            RecordedMachine(
                kernel: .linux72,
                commandLine: "fadump=on crashkernel=1G-4G:384M,4G-:512M",
                area: 0x1800_0000,
                bootMemory: 0x1800_0000,
                parameterArea: 0x7fff_f800
            )
        ]
}
