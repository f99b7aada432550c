import KernFS
import Machine
import PhysicalMemory
import SystemPackage

/// The memory store that is /proc/vmcore, as a file that the transport may use.
final class VMCoreBacking: BackingFile {
    private let handle: VMCoreHandle
    private let store: MemoryStore

    /// Nil where the dump is delivered directly.
    init?(_ handle: VMCoreHandle) {
        guard case .passthrough(let store) = handle.delivery else { return nil }
        self.handle = handle
        self.store = store
    }

    /// One for all that open the same dump.
    var identity: AnyObject { handle }

    var descriptor: FileDescriptor { store.descriptor }

    func refuse(_ reason: String) { handle.deliverDirectly(because: reason) }

    func whenOver(_ body: @escaping @Sendable () -> Void) { handle.whenReleased(body) }
}
