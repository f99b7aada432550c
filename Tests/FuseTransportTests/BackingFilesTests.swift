import KernFS
import Synchronization
import SystemPackage
import Testing

@testable import FuseTransport

/// A file that may not be there, and remembers what it was told.
private final class File: BackingFile {
    let descriptor: FileDescriptor?
    let refusals = Mutex<[String]>([])
    let endings = Mutex(0)

    init(_ descriptor: FileDescriptor?) { self.descriptor = descriptor }

    var identity: AnyObject { self }
    func refuse(_ reason: String) { refusals.withLock { $0.append(reason) } }
    func whenOver(_ body: @escaping @Sendable () -> Void) { endings.withLock { $0 += 1 } }
}

@Suite("Files of the host that the kernel reads by itself")
struct BackingFilesTests {
    /// No device takes files: this is none.
    private let files = BackingFiles(device: -1)

    @Test("a file that the kernel refuses hears why, each time it is tried, and is not waited for")
    func refused() {
        let file = File(.standardInput)
        #expect(files.number(of: file) == nil)
        #expect(files.number(of: file) == nil)
        let heard = file.refusals.withLock { $0 }
        #expect(heard.count == 2)
        #expect(heard.allSatisfy { $0 == "the kernel refuses its backing file: Bad file descriptor" })
        #expect(file.endings.withLock { $0 } == 0)
    }

    @Test("one that cannot be made, or is over, is read through the tree, and nobody is told")
    func missing() {
        let file = File(nil)
        #expect(files.number(of: file) == nil)
        #expect(file.refusals.withLock { $0 }.isEmpty)
    }
}
