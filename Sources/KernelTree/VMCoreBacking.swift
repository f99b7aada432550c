import KernFS
import Machine
import SystemPackage

/// The memory store that is /proc/vmcore, as a file that the transport may use.
final class VMCoreBacking: BackingFile {
    private let handle: VMCoreHandle

    /// Nil where the dump is delivered directly.
    init?(_ handle: VMCoreHandle) {
        guard case .passthrough = handle.delivery else { return nil }
        self.handle = handle
    }

    /// One for all that open the same dump.
    var identity: AnyObject { handle }

    /// Nobody has it before it is asked for: the store is made this file then.
    var descriptor: FileDescriptor? { handle.store()?.descriptor }

    func refuse(_ reason: String) { handle.deliverDirectly(because: reason) }

    func whenOver(_ body: @escaping @Sendable () -> Void) { handle.whenReleased(body) }
}
