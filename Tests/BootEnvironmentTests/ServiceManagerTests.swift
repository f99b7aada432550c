import Testing

@testable import BootEnvironment

@Suite("What systemctl says to the service manager's socket")
struct ServiceManagerTests {
    /// A call as sd-bus sends it: byte order, path, interface, member, destination, and a body of strings.
    private func call(_ member: String, _ arguments: [String] = [], isLittle: Bool = true) -> [UInt8] {
        func number(_ value: Int) -> [UInt8] {
            let bytes = [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) }
            return isLittle ? bytes : bytes.reversed()
        }
        func padded(_ bytes: [UInt8], to unit: Int) -> [UInt8] {
            bytes + [UInt8](repeating: 0, count: (unit - bytes.count % unit) % unit)
        }
        func text(_ text: String) -> [UInt8] { number(text.utf8.count) + Array(text.utf8) + [0] }
        var fields: [UInt8] = []
        for (code, type, value) in [
            (1, "o", "/org/freedesktop/systemd1"), (3, "s", member),
            (2, "s", "org.freedesktop.systemd1.Manager"),
        ] {
            fields = padded(fields, to: 8) + [UInt8(code), 1] + Array(type.utf8) + [0] + text(value)
        }
        let signature = String(repeating: "s", count: arguments.count)
        if !arguments.isEmpty {
            fields = padded(fields, to: 8) + [8, 1, UInt8(ascii: "g"), 0, UInt8(signature.utf8.count)]
            fields += Array(signature.utf8) + [0]
        }
        let body = arguments.reduce(into: [UInt8]()) { $0 = padded($0, to: 4) + text($1) }
        let order = UInt8(ascii: isLittle ? "l" : "B")
        let head = [order, 1, 0, 1] + number(body.count) + number(7) + number(fields.count)
        return padded(head + fields, to: 8) + body
    }

    @Test("a call is understood in both byte orders, and its length is its own", arguments: [true, false])
    func parsing(isLittle: Bool) throws {
        let bytes = call("StartUnit", ["reboot.target", "replace"], isLittle: isLittle)
        let message = try #require(try BusMessage(parsing: bytes + [1, 2, 3]))
        #expect(message.member == "StartUnit")
        #expect(message.argument == "reboot.target")
        #expect(message.serial == 7)
        #expect(message.byteCount == bytes.count)
    }

    @Test("what is cut off anywhere is waited for; nonsense is refused")
    func truncated() throws {
        let bytes = call("Reboot", ["x"])
        for count in 0..<bytes.count { #expect(try BusMessage(parsing: Array(bytes[..<count])) == nil) }
        #expect(throws: BusMessage.Malformed.self) {
            try BusMessage(parsing: [UInt8](repeating: 1, count: 64))
        }
        for index in 16..<bytes.count {
            var damaged = bytes
            damaged[index] = 0xff
            _ = try? BusMessage(parsing: damaged)
        }
        var long = bytes
        long[7] = 0xff
        #expect(throws: BusMessage.Malformed.self) { try BusMessage(parsing: long) }
    }

    @Test(
        "what ends a boot is the machine's; services there are none",
        arguments: [
            ("Reboot", [], "reboot"), ("PowerOff", [], "power-off"), ("Halt", [], "power-off"),
            ("StartUnit", ["reboot.target", "replace-irreversibly"], "reboot"),
            ("StartUnit", ["poweroff.target", "x"], "power-off"),
            ("StartUnit", ["ssh.service", "replace"], nil),
            ("KExec", [], nil), ("ListUnits", [], nil),
        ] as [(String, [String], String?)]
    )
    func commands(member: String, arguments: [String], command: String?) throws {
        let message = try #require(try BusMessage(parsing: call(member, arguments)))
        #expect(ServiceManager.command(message) == command)
    }

    @Test("a refusal is a message of its own: an error that names the call")
    func refusal() throws {
        let message = try #require(try BusMessage(parsing: call("ListUnits")))
        let bytes = message.refusal("org.example.No", "no units")
        let answer = try #require(try BusMessage(parsing: bytes))
        #expect(bytes[1] == 3)
        #expect(answer.argument == "no units")
        #expect(answer.byteCount == bytes.count)
    }

    @Test("the greeting is answered line by line, however it arrives")
    func greeting() {
        let said = Array("\0AUTH EXTERNAL\r\nDATA\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\nl".utf8)
        for step in [1, 5, said.count] {
            var greeting = BusGreeting()
            var received: [UInt8] = []
            var answer = ""
            for start in stride(from: 0, to: said.count, by: step) {
                received += said[start..<min(said.count, start + step)]
                answer += String(decoding: greeting.answer(&received), as: UTF8.self)
            }
            #expect(greeting.isOver)
            #expect(answer.hasPrefix("DATA\r\nOK fad0"))
            #expect(answer.hasSuffix("AGREE_UNIX_FD\r\n"))
            #expect(received == [UInt8(ascii: "l")])
        }
        var older = BusGreeting()
        var received = Array("\0AUTH EXTERNAL 30\r\n".utf8)
        #expect(String(decoding: older.answer(&received), as: UTF8.self).hasPrefix("OK "))
    }
}
