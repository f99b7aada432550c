import CoreFile
import KernelProfile
import Machine
import PhysicalMemory
import SyntheticKernel
import Testing

@Suite("What the kernel of a machine has in memory")
struct KernelContentsTests {
    private func crashed(_ settings: [MachineSetting: String]) throws -> Machine {
        var configuration = MachineConfiguration()
        for (setting, text) in settings { try configuration.set(setting, to: text, from: .builtIn) }
        try configuration.validate()
        let machine = try Machine(configuration)
        let watcher = Watcher()
        machine.start()
        if machine.status.fadump != .registered {
            machine.store(.fadumpRegistered, Array("1".utf8), boot: 1, watcher.answer("register"))
        }
        machine.store(.sysrqTrigger, Array("c".utf8), boot: 1, watcher.answer("crash"))
        return machine
    }

    private func reader(_ machine: Machine) throws -> (image: MemoryImage, core: CoreFileReader) {
        let image = try #require(machine.vmcore).core.image
        return (image, try CoreFileReader { try image.read(at: $0, count: $1) })
    }

    @Test("the log in a dump ends with the crash", arguments: KernelProfile.all)
    func log(profile: KernelProfile) throws {
        let machine = try crashed([.kernel: profile.name])
        let layout = KernelLayout(profile, try #require(profile.endiannesses.first), pageSize: 65536)
        let bytes = try reader(machine).core.read(physical: layout.image.logText, count: 8192)
        let text = String(decoding: bytes.map { $0 == 0 ? 10 : $0 }, as: UTF8.self)
        #expect(text.contains("Linux version \(profile.release)"))
        #expect(text.contains("Trigger a crash"))
    }

    @Test("two machines that are configured alike have equal dumps, byte for byte")
    func equal() throws {
        let settings: [MachineSetting: String] = [
            .memory: "1G", .kernel: "linux-4.19", .commandLine: "fadump=on crashkernel=256M",
            .date: "2012-02-16T12:00:00Z", .fill: "seed:5,zero=90,cache=2,free=2",
        ]
        let (first, core) = try reader(crashed(settings))
        let second = try reader(crashed(settings)).image
        #expect(core.vmcoreinfo?["CRASHTIME"] == "1329393600")
        #expect(first.size == second.size)
        var position: UInt64 = 0
        var compared: UInt64 = 0
        while let start = first.nextData(from: position), let end = first.nextHole(from: start) {
            #expect(second.nextData(from: position) == start)
            let count = Int(min(end - start, 1 << 20))
            if try first.read(at: start, count: count) != second.read(at: start, count: count) {
                Issue.record("different at \(start)")
                break
            }
            position = start + UInt64(count)
            compared += UInt64(count)
        }
        #expect(second.nextData(from: position) == nil)
        #expect(compared > 32 << 20)
    }

    @Test("status counts every page of the machine once")
    func pages() throws {
        var configuration = MachineConfiguration()
        try configuration.set(.fill, to: "seed:1,zero=25,user=50", from: .builtIn)
        let machine = try Machine(configuration)
        machine.start()
        let pages = try #require(machine.status.pages)
        #expect(pages.values.reduce(0, +) == (2 << 30) / 65536)
        let user = try #require(pages["user"])
        #expect(user > 16384 * 80 / 100 && user < 16384)
        #expect(pages["cache"] == 0)
    }

    @Test("a filled machine shows its contents wherever nobody wrote, again in the next boot")
    func filled() throws {
        let machine = try crashed([.fill: "seed:3,cache=100"])
        for address in [0x300_0000, 0x1000_0000, 0x4000_0123] as [UInt64] {
            var wanted = [UInt8](repeating: 0, count: 5000)
            wanted.withUnsafeMutableBytes { SeededWords.fill($0, at: address, seed: 3) }
            #expect(try machine.memory.read(at: address, count: 5000) == wanted)
            #expect(try reader(machine).core.read(physical: address, count: 5000) == wanted)
        }
    }

    @Test("dates and fills that are none are refused with what would do")
    func refusals() {
        var configuration = MachineConfiguration()
        for (setting, text) in [
            (MachineSetting.date, "yesterday"), (.date, "2012-02-30T00:00:00Z"), (.date, "-1"),
            (.date, "2012-02-16 12:00:00Z"), (.fill, "zero=3"),
        ] {
            #expect(throws: ConfigurationFailure.self) {
                try configuration.set(setting, to: text, from: .builtIn)
            }
        }
        #expect(throws: Never.self) {
            try configuration.set(.date, to: "2000-02-29T23:59:59Z", from: .builtIn)
        }
        #expect(configuration.text(of: .date) == "951868799")
    }
}
