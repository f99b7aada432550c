import FadumpKernel
import KernelProfile
import PowerFirmware
import SystemPackage
import Testing

@Suite("Registration")
struct RegistrationTests {
    /// What a recorded 3.4.113 answered: value, result while unregistered, result while registered.
    static let recorded: [(String, String, String)] = [
        ("0", "EINVAL", "0"), ("1", "1", "EINVAL"), ("1\n", "1", "EINVAL"), ("0\n", "EINVAL", "0"),
        ("10", "1", "EINVAL"), ("1x", "1", "EINVAL"), ("1 ", "1", "EINVAL"), ("1\n2", "1", "EINVAL"),
        ("01", "EINVAL", "0"), ("0x1", "EINVAL", "0"), ("00", "EINVAL", "0"), ("0abc", "EINVAL", "0"),
        ("2", "EINVAL", "EINVAL"), ("-1", "EINVAL", "EINVAL"), ("+1", "EINVAL", "EINVAL"),
        (" 1", "EINVAL", "EINVAL"),
        ("\n1", "EINVAL", "EINVAL"), ("x", "EINVAL", "EINVAL"), ("true", "EINVAL", "EINVAL"),
        ("on", "EINVAL", "EINVAL"),
    ]

    @Test("every value is taken or refused as a recorded 3.4.113 did", arguments: recorded)
    func values(value: String, unregistered: String, registered: String) throws {
        for (start, expected) in [(false, unregistered), (true, registered)] {
            var bench = try Bench()
            if start { #expect(bench.write(.fadumpRegistered, "1") == .success(1)) }
            let result = bench.write(.fadumpRegistered, value)
            if expected == "EINVAL" {
                #expect(result == .failure(.invalidArgument))
                #expect(bench.show(.fadumpRegistered) == (start ? "1\n" : "0\n"))
            } else {
                #expect(result == .success(value.utf8.count))
                #expect(bench.show(.fadumpRegistered) == expected + "\n")
            }
        }
    }

    @Test("registration says so at level 6, unregistration says nothing")
    func messages() throws {
        var bench = try Bench()
        _ = bench.write(.fadumpRegistered, "1")
        #expect(
            bench.kernel.log.records.last?.message
                == Message(.info, "firmware-assisted kernel dump registration is successful")
        )
        let count = bench.log.count
        _ = bench.write(.fadumpRegistered, "0")
        #expect(bench.log.count == count)
    }

    @Test(
        "3.4 takes the write whatever firmware answers, prints what it was, and reads 0 unless a dump is registered",
        arguments: [
            (-1, "Failed to register firmware-assisted kernel dump. Hardware Error(-1).", "0\n"),
            (-3, "Failed to register firmware-assisted kernel dump. Parameter Error(-3).", "0\n"),
            (-9, "firmware-assisted kernel dump is already  registered.", "1\n"),
            (-10, "", "0\n"), (-77, "", "0\n"),
        ] as [(Int, String, String)]
    )
    func failures(status: Int, message: String, reads: String) throws {
        var bench = try Bench(faults: "register=\(status)")
        let before = bench.log.count
        #expect(bench.write(.fadumpRegistered, "1\n") == .success(2))
        #expect(bench.show(.fadumpRegistered) == reads)
        let said: [String] = message.isEmpty ? [] : [message]
        #expect(Array(bench.log.dropFirst(before)) == said)
    }

    @Test("busy and extended delay are waits of their length, and the write is answered after them")
    func busy() throws {
        var bench = try Bench(faults: "register=-2*2,register=9902@3")
        bench.effects = bench.kernel.store(
            .fadumpRegistered,
            Array("1".utf8),
            RequestID(rawValue: 5),
            on: &bench.hardware
        )
        #expect(bench.waits.map(\.0) == [1])
        #expect(bench.show(.fadumpRegistered) == "0\n")
        bench.effects = bench.kernel.resume(.firmwareRetry, on: &bench.hardware)
        #expect(bench.waits.map(\.0) == [1])
        bench.effects = bench.kernel.resume(.firmwareRetry, on: &bench.hardware)
        #expect(bench.waits.map(\.0) == [100])
        #expect(bench.settle(RequestID(rawValue: 5)) == .success(1))
        #expect(bench.show(.fadumpRegistered) == "1\n")
    }

    @Test("a write that comes while firmware is busy waits behind the first, as behind the kernel's mutex")
    func mutex() throws {
        var bench = try Bench(faults: "register=-2*1")
        bench.effects = bench.kernel.store(
            .fadumpRegistered,
            Array("1".utf8),
            RequestID(rawValue: 1),
            on: &bench.hardware
        )
        let waiting = bench.kernel.store(
            .fadumpRegistered,
            Array("1".utf8),
            RequestID(rawValue: 2),
            on: &bench.hardware
        )
        #expect(waiting.isEmpty)
        #expect(bench.settle(RequestID(rawValue: 1)) == .success(1))
        #expect(bench.settle(RequestID(rawValue: 2)) == .failure(.invalidArgument))
    }

    @Test("an unregistration that firmware refuses leaves the dump registered")
    func unregisterFails() throws {
        var bench = try Bench(faults: "unregister=-1")
        _ = bench.write(.fadumpRegistered, "1")
        #expect(bench.write(.fadumpRegistered, "0") == .success(1))
        #expect(bench.show(.fadumpRegistered) == "1\n")
        #expect(bench.log.last == "Failed to un-register firmware-assisted dump. unexpected error(-1).")
    }

    @Test("with fadump off rfc-v7 has the files and refuses writes, linux-3.4 has no files")
    func off() throws {
        var bench = try Bench(commandLine: "fadump=off")
        #expect(bench.kernel.exists(.fadumpEnabled))
        #expect(bench.show(.fadumpEnabled) == "0\n")
        #expect(bench.show(.fadumpRegion) == "")
        #expect(bench.write(.fadumpRegistered, "x") == .failure(.notPermitted))
        let old = try Bench(.linux34, commandLine: "fadump=off")
        #expect(!old.kernel.exists(.fadumpEnabled))
        #expect(!old.kernel.exists(.fadumpRegion))
    }

    @Test("a platform without support has no files and says so")
    func unsupported() throws {
        let bench = try Bench(supportsDump: false)
        #expect(!bench.kernel.exists(.fadumpRegistered))
        #expect(bench.log.contains("Firmware-assisted dump is not supported on this hardware"))
    }
}
