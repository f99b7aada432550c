import BinaryCodec
import CoreFile
import DumpFormats
import FadumpKernel
import Glibc
import KernelProfile
import Machine
import PhysicalMemory
import Synchronization
import SystemPackage
import Testing

@Suite("A machine with a real kernel's memory")
struct ImageTests {
    static let information = "OSRELEASE=7.2.13-real\nPAGESIZE=65536\nCRASHTIME=1\nKERNELOFFSET=0\n"

    /// The registers of a CPU, all of them different; only the first one crashed.
    static func registers(_ cpu: UInt64) -> PowerRegisters {
        var registers = PowerRegisters(words: (0..<43).map { cpu << 32 | $0 << 4 })
        if cpu > 0 { (registers.originalGPR3, registers.softe, registers.trap) = (0, 0, 0) }
        return registers
    }

    static func image(
        _ change: (inout DumpDescription) -> Void = { _ in },
        background: any MemoryBackground = NumberedPages()
    ) -> MachineImage {
        var about = DumpDescription(format: .kdump, pageSize: 65536)
        about.endianness = .little
        about.machine = .ppc64
        about.release = "7.2.13-real"
        about.vmcoreinfo = VMCoreInfo(text: information)
        about.notes = (0..<3).map { PRStatus(registers: registers($0)).note(.little) }
        // What the reserved dump area took of 1 GiB is not in a dump.
        about.memory = [AddressRange(0, upTo: 0x1400_0000), AddressRange(0x2802_0000, upTo: 0x3ff0_0000)]
        change(&about)
        return MachineImage(
            path: "real",
            description: about,
            presentBytes: 0x3000_0000,
            background: background
        )
    }

    private func start(_ image: MachineImage) throws -> (machine: Machine, watcher: Watcher) {
        var configuration = MachineConfiguration()
        try configuration.adopt(image)
        try configuration.validate()
        let machine = try Machine(configuration)
        let watcher = Watcher()
        machine.observe(watcher)
        machine.start()
        return (machine, watcher)
    }

    @Test("kernel, byte order, page size, memory and CPUs follow from the image")
    func following() throws {
        var configuration = MachineConfiguration()
        try configuration.adopt(Self.image())
        #expect(configuration.kernel.name == "linux-7.2")
        #expect(configuration.effectiveKernel.release == "7.2.13-real")
        #expect(configuration.effectiveEndianness == .little)
        #expect(configuration.pageSize == 65536)
        #expect(configuration.memory == MemoryMap(size: 1 << 30))
        #expect(configuration.cpus == 3)
        #expect(configuration.effectiveMaximumCPUs == 3)
        #expect(configuration.origin(of: .kernel).description == "the image")
    }

    @Test(
        "the nearest profile that is not newer is taken, and one on either side may be asked for",
        arguments: [
            ("7.2.0", "linux-7.2", ["linux-7.2"]), ("6.6.30", "linux-6.1", ["linux-6.1", "linux-6.12"]),
            ("9.0", "linux-7.2", ["linux-7.2"]), ("3.3.1", "linux-3.4", ["linux-3.4"]),
            ("4.18.0-372.el8", "linux-4.14", ["linux-4.14", "linux-4.19"]),
        ]
    )
    func profiles(_ release: String, _ expected: String, _ allowed: [String]) throws {
        let image = Self.image {
            $0.release = release
            $0.endianness = nil
        }
        var configuration = MachineConfiguration()
        try configuration.adopt(image)
        #expect(configuration.kernel.name == expected)
        for profile in KernelProfile.all {
            var asked = MachineConfiguration()
            try asked.set(.kernel, to: profile.name, from: .option("kernel"))
            let isTaken = (try? asked.adopt(image)) != nil
            #expect(isTaken == allowed.contains(profile.name), "\(profile.name)")
        }
    }

    @Test(
        "what is said and is not so is refused at the setting that says it",
        arguments: [
            (.kernel, "linux-5.10", "linux-7.2"), (.endianness, "big", "little-endian"),
            (.pageSize, "4K", "64K"),
            (.memory, "512M", "leaves out"), (.memoryMap, "0-256M,768M-1G", "leaves out"),
            (.cpus, "2", "3 CPUs"),
            (.dumpArchitecture, "x86_64", "real kernel's memory"), (.platform, "powernv", "partition"),
        ] as [(MachineSetting, String, String)]
    )
    func contradictions(_ setting: MachineSetting, _ text: String, _ part: String) throws {
        var configuration = MachineConfiguration()
        try configuration.set(.image, to: "real", from: .option("image"))
        try configuration.set(setting, to: text, from: .option(setting.rawValue))
        let failure = #expect(throws: ConfigurationFailure.self) {
            try configuration.adopt(Self.image())
            try configuration.validate()
        }
        #expect(failure?.setting == setting)
        #expect(failure?.problem.contains(part) == true, "\(String(describing: failure))")
    }

    @Test("an image of another machine, or without memory, is refused")
    func refused() {
        for image in [Self.image { $0.machine = .x86_64 }, Self.image { $0.memory = [] }] {
            var configuration = MachineConfiguration()
            #expect(throws: ConfigurationFailure.self) { try configuration.adopt(image) }
        }
    }

    @Test("the dump of a crash has the image's memory, VMCOREINFO with the time of this crash, and registers")
    func crash() throws {
        let (machine, watcher) = try start(Self.image())
        #expect(machine.status.fadump == .registered)
        #expect(machine.status.image?.missingPages == 4096)
        machine.store(.sysrqTrigger, Array("c\n".utf8), boot: 1, watcher.answer("crash"))
        #expect(watcher.seen.last == "crash: 2")
        let core = try #require(machine.vmcore(boot: 2)).core
        let reader = try CoreFileReader { offset, count in try core.image.read(at: offset, count: count) }
        #expect(reader.segments.map(\.physicalAddress) == [0, 0x2801_02a8])
        for segment in reader.segments {
            let start = segment.physicalAddress
            #expect(
                try NumberedPages.isIn(core.image, at: segment.offset, count: segment.fileSize, from: start)
            )
        }
        let cpus = try reader.cpus().map(\.registers)
        #expect(cpus == (0..<3).map(Self.registers))
        let time = try #require(reader.vmcoreinfo?["CRASHTIME"].flatMap(Int.init))
        #expect(time > 1)
        let wanted = Self.information.replacing("CRASHTIME=1\n", with: "") + "CRASHTIME=\(time)\n"
        #expect(reader.vmcoreinfo?.text == wanted)
        // What the capture kernel has of its own, and nothing of the image.
        #expect(machine.status.memoryAllocated < 16 << 20)
    }

    @Test("a crash that kdump takes has the same, and so has a dump that a reset kept")
    func otherWays() throws {
        let (machine, watcher) = try start(Self.image())
        machine.control("crash panic", count: 0, watcher.answer("crash"))
        machine.control("reset", count: 0, watcher.answer("reset"))
        for boot in [machine.status.boot] {
            let core = try #require(machine.vmcore(boot: boot)).core
            let reader = try CoreFileReader { offset, count in try core.image.read(at: offset, count: count) }
            #expect(reader.vmcoreinfo?["OSRELEASE"] == "7.2.13-real")
            #expect(try reader.read(physical: 0x1000, count: 64) == NumberedPages.bytes(0x1000, 64))
        }

        var configuration = MachineConfiguration()
        configuration.commandLine = "fadump=off crashkernel=128M"
        try configuration.adopt(Self.image())
        let other = try Machine(configuration)
        other.start()
        other.control("kexec-load", count: 0, watcher.answer("load"))
        other.control("crash", count: 0, watcher.answer("kdump"))
        let core = try #require(other.vmcore(boot: 2)).core
        let reader = try CoreFileReader { offset, count in try core.image.read(at: offset, count: count) }
        #expect(try reader.cpus().map(\.registers) == (0..<3).map(Self.registers))
        #expect(reader.vmcoreinfo?["KERNELOFFSET"] == "0")
        #expect(try reader.read(physical: 0x1000, count: 64) == NumberedPages.bytes(0x1000, 64))
    }

    @Test("every boot without a waiting dump begins with the image, whatever was written")
    func again() throws {
        let (machine, watcher) = try start(Self.image())
        try machine.writeMemory([1, 2, 3], at: 0x100)
        #expect(try machine.memory.read(at: 0x100, count: 3) == [1, 2, 3])
        machine.control("crash", count: 0, watcher.answer("crash"))
        #expect(try machine.memory.read(at: 0x3000_0000, count: 9) == NumberedPages.bytes(0x3000_0000, 9))
        machine.control("reboot", count: 0, watcher.answer("reboot"))
        #expect(machine.status.fadump == .registered)
        #expect(try machine.memory.read(at: 0, count: 4096) == NumberedPages.bytes(0, 4096))
        machine.control("power-off", count: 0, watcher.answer("off"))
        machine.control("power-on", count: 0, watcher.answer("on"))
        #expect(try machine.memory.read(at: 0, count: 4096) == NumberedPages.bytes(0, 4096))
        machine.control("crash", count: 0, watcher.answer("crash"))
        #expect(machine.status.fadump == .dumpActive)
    }

    @Test(
        "the emulated kernel leaves nothing in that memory but the reserved dump area",
        arguments: KernelProfile.all
    )
    func untouched(_ profile: KernelProfile) throws {
        let image = Self.image {
            $0.release = profile.release
            $0.endianness = profile.endiannesses.first
            $0.notes = []
        }
        let (machine, watcher) = try start(image)
        machine.store(.fadumpRegistered, Array("1".utf8), boot: 1, watcher.answer("register"))
        let area = try #require(machine.status.area)
        let reserved = AddressRange(
            PhysicalAddress(area.start),
            upTo: PhysicalAddress(area.start &+ area.size)
        )
        let memory = machine.memory
        for part in AddressRange(0, upTo: 0x4000_0000).subtracting(reserved) {
            let start = part.start.rawValue
            #expect(try NumberedPages.isIn(memory, at: start, count: part.count, from: start), "\(part)")
        }
    }

    @Test("memory that cannot be read is an error of whoever reads it, and an event; the machine goes on")
    func failing() throws {
        let background = FailingPages()
        let (machine, watcher) = try start(Self.image(background: background))
        machine.control("crash", count: 0, watcher.answer("crash"))
        let core = try #require(machine.vmcore(boot: 2)).core
        #expect(throws: Errno.ioError) { try core.image.read(at: core.image.size - 4096, count: 4096) }
        #expect(machine.status.power == "running")
        machine.control("reboot", count: 0, watcher.answer("reboot"))
        #expect(machine.status.boot == 3)
    }
}

/// Every page of 4096 bytes holds its number, folded into a byte.
struct NumberedPages: MemoryBackground {
    static func bytes(_ address: UInt64, _ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            fill(
                UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[..<count])),
                address
            )
            filled = count
        }
    }

    private static func fill(_ buffer: UnsafeMutableRawBufferPointer, _ offset: UInt64) {
        var done = 0
        while done < buffer.count {
            let place = offset + UInt64(done)
            let count = min(buffer.count - done, 4096 - Int(place % 4096))
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[done..<(done + count)])
            // In a debug build nothing else is fast enough for a gigabyte.
            if let base = part.baseAddress { memset(base, Int32(place / 4096 % 251 + 1), count) }
            done += count
        }
    }

    /// Whether `image` holds from `offset` on what is at `address`. Byte by byte takes a debug build too long.
    static func isIn(
        _ image: MemoryImage,
        at offset: UInt64,
        count: UInt64,
        from address: UInt64
    ) throws -> Bool {
        var wanted = [UInt8](repeating: 0, count: 1 << 20)
        var done: UInt64 = 0
        while done < count {
            let length = Int(min(count - done, UInt64(wanted.count)))
            wanted.withUnsafeMutableBytes { fill($0, address + done) }
            let isSame = try image.withPieces(at: offset + done, count: length) { pieces in
                wanted.withUnsafeBytes { wanted in
                    var position = 0
                    for piece in pieces {
                        guard let a = piece.baseAddress, let b = wanted.baseAddress,
                            memcmp(a, b + position, piece.count) == 0
                        else { return false }
                        position += piece.count
                    }
                    return position == length
                }
            }
            if !isSame { return false }
            done += UInt64(length)
        }
        return true
    }

    func fill(_ buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(Errno) {
        Self.fill(buffer, offset)
    }

    func data(from offset: UInt64) -> Range<UInt64>? { offset..<UInt64.max }
}

/// Memory above 768 MiB cannot be read.
struct FailingPages: MemoryBackground {
    func fill(_ buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(Errno) {
        guard offset < 768 << 20 else { throw .ioError }
        try NumberedPages().fill(buffer, at: offset)
    }

    func data(from offset: UInt64) -> Range<UInt64>? { offset..<UInt64.max }
}
