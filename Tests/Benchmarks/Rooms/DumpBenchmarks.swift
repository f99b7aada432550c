import Benchmark
import CoreFile
import FadumpKernel
import Machine

/// Reading the dump, as the files' layer does: pieces of memory in place.
func benchmarkDump() {
    for (what, stride) in [
        ("written memory", 4096), ("nothing written", nil), ("every other page written", 8192),
    ] {
        Benchmark("pieces of 1 MiB of the dump, \(what), 1000 times") { benchmark, dump in
            for _ in benchmark.scaledIterations {
                for turn in 0..<1000 {
                    let at = dump.offset + UInt64(turn % 15) << 20
                    dump.core.image.withPieces(at: at, count: 1 << 20) { blackHole($0.count) }
                }
            }
        } setup: {
            try Dump(writingEvery: stride)
        }
    }
}

/// A dump with 16 MiB of memory from 1 GiB on, of which a page is written every so many bytes.
private struct Dump {
    let machine: Machine
    let core: CoreFile
    /// Where in the file that memory stands.
    let offset: UInt64

    init(writingEvery step: Int?) throws {
        let address: UInt64 = 1 << 30
        machine = try started(2 << 30)
        if let step {
            for page in stride(from: address, to: address + 16 << 20, by: step) {
                try machine.writeMemory(Array(repeating: 1, count: 4096), at: page)
            }
        }
        write("1", to: .fadumpRegistered, of: machine)
        write("c", to: .sysrqTrigger, of: machine)
        guard let core = machine.vmcore?.core else { throw Missing.dump }
        self.core = core
        let header = core.programHeaders.first { header in
            header.type == .load && header.physicalAddress <= address
                && address - header.physicalAddress < header.fileSize
        }
        guard let header else { throw Missing.memory }
        offset = header.offset + (address - header.physicalAddress)
    }

    enum Missing: Error {
        case dump
        case memory
    }
}
