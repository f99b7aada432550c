import CoreFile
import Synchronization

/// /proc/vmcore of one boot as its readers hold it: the contents, and whether they were released.
///
/// Readers take no lock; a released dump fails every later read.
public final class VMCoreHandle: Sendable {
    public let core: CoreFile
    private let released = Atomic(false)

    init(_ core: CoreFile) { self.core = core }

    public var isReleased: Bool { released.load(ordering: .acquiring) }

    func release() { released.store(true, ordering: .releasing) }
}
