import CoreFile

/// PAGESIZE of VMCOREINFO, where it is one that a kernel can have.
struct PageSize {
    let bytes: UInt64

    /// Nil where it is missing or no power of two from 4 KiB to 256 KiB, the largest that Linux knows.
    init?(_ information: VMCoreInfo) {
        guard let text = information["PAGESIZE"], let bytes = UInt64(text), Self.isPossible(bytes) else {
            return nil
        }
        self.bytes = bytes
    }

    static func isPossible(_ bytes: UInt64) -> Bool {
        bytes.nonzeroBitCount == 1 && (4096...(256 << 10)).contains(bytes)
    }
}
