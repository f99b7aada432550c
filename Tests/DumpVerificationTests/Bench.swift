import BinaryCodec
import CoreFile
import DumpFormats
import DumpVerification
import FadumpKernel
import KernelProfile
import Machine
import PhysicalMemory
import SystemPackage
import Testing

/// A machine that crashed, its dump as a file, and the truth about it.
struct Bench {
    let machine: Machine
    let core: CoreFile
    var dump: PlannedFile
    let truth: any DumpBytes

    /// Pages with contents of their own, at these addresses.
    static let planted: [UInt64] = [0x1000_0000, 0x1001_0000, 0x1002_0000, 0x1800_0000]

    init(
        crash: String = "crash",
        _ change: (inout MachineConfiguration) throws -> Void = { _ in }
    ) throws {
        var configuration = MachineConfiguration()
        configuration.memory = MemoryMap(size: 768 << 20)
        try change(&configuration)
        machine = try Machine(configuration)
        machine.start()
        for address in Self.planted where address < configuration.memory.end.rawValue {
            let bytes = (0..<65536).map {
                UInt8(truncatingIfNeeded: UInt64($0) &* 13 &+ address >> 16 &* 41 &+ address >> 23)
            }
            try machine.writeMemory(bytes, at: address)
        }
        machine.store(.fadumpRegistered, Array("1".utf8), boot: 1, Unheard())
        machine.control(crash, count: crash.utf8.count, Unheard())
        core = try #require(machine.vmcore?.core)
        dump = PlannedFile(core.image)
        truth = PlannedFile(try #require(machine.truth).file())
    }

    func verify(
        _ request: Verification.Request = .init(),
        against truth: (any DumpBytes)? = nil
    ) throws -> VerificationResult {
        let reader = try TruthReader(truth ?? self.truth, makers: TruthSettings.background)
        var verification = Verification(of: try DumpReader([dump]), against: reader, request)
        return try verification.run()
    }

    /// Where in the dump a physical address is.
    func offset(_ address: UInt64) throws -> UInt64 {
        let header = try #require(
            core.programHeaders.first {
                $0.type == .load && $0.physicalAddress <= address
                    && address - $0.physicalAddress < $0.fileSize
            }
        )
        return header.offset + (address - header.physicalAddress)
    }

    func page(_ address: UInt64) throws -> [UInt8] {
        try core.image.read(at: offset(address), count: Int(machine.configuration.pageSize))
    }
}

struct Unheard: PendingAnswer {
    func finish(_ result: Result<Int, Errno>) {}
}

/// A file that is an image with planned damage: bytes that are others, an end that comes early.
struct PlannedFile: DumpBytes {
    let name = "dump"
    private let image: MemoryImage
    private var patches: [UInt64: [UInt8]] = [:]
    var size: UInt64

    init(_ image: MemoryImage) {
        self.image = image
        size = image.size
    }

    mutating func write(_ bytes: [UInt8], at offset: UInt64) { patches[offset] = bytes }

    func read(
        at offset: UInt64,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(DumpFailure) -> Int {
        guard offset < size else { return 0 }
        let count = Int(min(UInt64(buffer.count), size - offset))
        do {
            try image.withPieces(at: offset, count: count) { pieces in
                var done = 0
                for piece in pieces {
                    UnsafeMutableRawBufferPointer(rebasing: buffer[done...]).copyMemory(from: piece)
                    done += piece.count
                }
            }
        } catch { throw .file(error, file: name) }
        for (start, bytes) in patches {
            for (index, byte) in bytes.enumerated() {
                let place = start &+ UInt64(index)
                if place >= offset, place - offset < UInt64(count) { buffer[Int(place - offset)] = byte }
            }
        }
        return count
    }
}
