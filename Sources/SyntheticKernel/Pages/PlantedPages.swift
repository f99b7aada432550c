import KernelProfile
import PhysicalMemory

/// Contents of the few pages that an ordinary machine has in use: each says what it is.
struct PlantedPages {
    private let plan: PagePlan

    init(_ plan: PagePlan) { self.plan = plan }

    func patches() -> [MemoryPatch] {
        plan.window.compactMap { frame in
            guard let pageClass = plan.pageClass(of: frame), let word = Self.words[pageClass] else {
                return nil
            }
            let address = frame * plan.pageSize
            let text = "\(word) at \(KernelFormat.hex(address)) of a machine that fadumpfs emulates\n"
            return MemoryPatch(address: address, bytes: Array(text.utf8))
        }
    }

    private static let words: [PageClass: String] = [
        .kernel: "kernel page", .cache: "page of a file", .privateCache: "page of a file with private data",
        .anonymous: "page of a process", .slab: "slab page",
    ]
}
