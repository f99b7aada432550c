import KernelProfile
import Machine

extension KernelObserver {
    /// What machines of common sizes reserve, by themselves and with `crashkernel=`.
    mutating func observeSizes() throws {
        for memory in ["2G", "8G", "64G"] {
            try observeSize(memory, "", memory)
            for size in ["512M", "256M"] where memory == "2G" {
                try observeSize(memory, " crashkernel=\(size)", "\(memory), crashkernel=\(size)")
            }
        }
    }

    private mutating func observeSize(_ memory: String, _ parameters: String, _ subject: String) throws {
        let trial = try KernelTrial(kernel, [.memory: memory, .commandLine: "fadump=on" + parameters])
        let status = trial.machine.status
        let hex = KernelFormat.hex
        guard let area = status.area else {
            return add(.sizes, "\(subject): boot memory", "none: fadump \(status.fadump?.rawValue ?? "off")")
        }
        add(.sizes, "\(subject): boot memory", ByteSize.text(area.bootMemorySize))
        add(.sizes, "\(subject): area", "\(hex(area.start)), \(area.size) bytes")
    }
}
