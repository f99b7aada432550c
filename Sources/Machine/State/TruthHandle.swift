import CoreFile
import CrashTruth
import PhysicalMemory
import Synchronization
import SystemPackage

/// The truth about the dump that waits, as its readers hold it.
///
/// It is worked out when somebody first asks, out of memory that nobody writes to, and with no lock of the machine
/// held; a released dump has no truth any more.
public final class TruthHandle: Sendable {
    private let scene: CrashScene
    private let dump: VMCoreHandle
    private let image = Mutex<MemoryImage?>(nil)

    init(_ scene: CrashScene, about dump: VMCoreHandle) {
        self.scene = scene
        self.dump = dump
    }

    public var isReleased: Bool { dump.isReleased }

    /// The truth as a file.
    ///
    /// Errors: `.fileTooLarge` where memory is in more pieces than a file can have.
    public func file() throws(Errno) -> MemoryImage {
        let made = image.withLock { image -> MemoryImage? in
            if image == nil { image = try? scene.file(about: dump.core) }
            return image
        }
        guard let made else { throw .fileTooLarge }
        return made
    }
}
