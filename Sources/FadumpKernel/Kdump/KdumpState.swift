import CoreFile
import KernelProfile
import PhysicalMemory

/// Where kdump stands in this boot: the mechanism that has its turn where fadump has none.
enum KdumpState: Sendable {
    /// No memory is reserved for a kdump kernel.
    case none
    /// Memory is reserved by `crashkernel=`.
    case reserved(AddressRange)
    /// A kdump kernel is loaded.
    case loaded(KdumpImage)
    /// This kernel is itself the capture kernel.
    case capturing(KdumpCapture, CoreFile?)

    var reservedRange: AddressRange? {
        switch self {
        case .none, .capturing: nil
        case .reserved(let range): range
        case .loaded(let image): image.range
        }
    }
}

/// A loaded kdump kernel.
struct KdumpImage: Sendable, Hashable {
    var range: AddressRange
    /// The capture kernel's command line.
    var commandLine: String
}

/// What a kdump capture kernel is given by the kernel that crashed.
public struct KdumpCapture: Sendable {
    /// The memory in which it runs.
    public var range: AddressRange
    public var commandLine: String
    /// The notes of every CPU that was online, and VMCOREINFO.
    public var notes: [ELFNote]
    /// The memory of the crashed kernel, its own reservation left out.
    public var ranges: [AddressRange]
}
