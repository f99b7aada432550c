import BootEnvironment
import Machine
import ProcessLimits

/// The memory that a boot's processes may use together.
struct BootMemory {
    private let cgroup: MemoryCgroup?
    let description: String

    /// Limits a boot as well as this host can, which the description says.
    init(bytes: UInt64, _ plan: inout BootPlan) throws {
        let limit = MemoryLimit.best
        description = "at most \(ByteSize.text(bytes)): \(limit.description)"
        switch limit {
        case .cgroup:
            let cgroup = try MemoryCgroup(limit: bytes)
            plan.cgroup = cgroup.membership.string
            self.cgroup = cgroup
        case .dataSegment:
            plan.dataLimit = bytes
            cgroup = nil
        }
    }

    func remove() { cgroup?.remove() }
}
