import KernelProfile
import Testing

@Suite("Kernel profiles")
struct KernelProfileTests {
    @Test("every profile is found by its name, and names are unique")
    func names() {
        #expect(Set(KernelProfile.all.map(\.name)).count == KernelProfile.all.count)
        for profile in KernelProfile.all {
            #expect(KernelProfile.named(profile.name)?.release == profile.release)
        }
        #expect(KernelProfile.named("linux-9.9") == nil)
        #expect(KernelProfile.default.name == "rfc-v7")
    }

    @Test("every profile says what it rests on itself, not what the one before it does")
    func evidence() {
        for profile in KernelProfile.all {
            switch profile.evidence {
            case .recorded(let version, let endianness):
                #expect(profile.release.hasPrefix(version + "-"))
                #expect(profile.endiannesses.first == endianness)
            case .read(let sources): #expect(!sources.isEmpty)
            }
        }
    }

    @Test("the design document differs from 3.4 in sizing, presence, device tree and reservation only")
    func differences() {
        let document = KernelProfile.rfcV7
        let release = KernelProfile.linux34
        #expect(document.bootMemory != release.bootMemory)
        #expect(document.interface.presence != release.interface.presence)
        #expect(document.deviceTree != release.deviceTree)
        #expect(document.reservation != release.reservation)
        #expect(document.parameters == release.parameters)
        #expect(document.crashInfo == release.crashInfo)
        #expect(document.core == release.core)
        #expect(document.crash == release.crash)
        #expect(document.files == release.files)
    }

    @Test(
        "numbers print as the kernel prints them",
        arguments: [
            (0, "0x0", "0x00000000000000"), (0x6fff_101f, "0x6fff101f", "0x0000006fff101f"),
            (0xffff_ffff_fbff_0000, "0xfffffffffbff0000", "0xfffffffffbff0000"),
        ] as [(UInt64, String, String)]
    )
    func numbers(value: UInt64, plain: String, wide: String) {
        #expect(KernelFormat.hex(value) == plain)
        #expect(KernelFormat.wideHex(value) == wide)
    }

    @Test(
        "the first byte decides",
        arguments: [("1", 1), ("0x1", 0), ("10", 1), ("2", 2), (" 1", nil), ("", nil)]
    )
    func parser(text: String, value: Int?) {
        #expect(ValueParser.firstByte.value(of: Array(text.utf8)) == value)
    }

    @Test(
        "an integer with sign, base and one newline counts, and nothing else",
        arguments: [
            ("1", 1), ("1\n", 1), ("0x1", 1), ("0X1", 1), ("01", 1), ("001", 1), ("+1", 1), ("-0", 0),
            ("0\n", 0),
            ("1\0garbage", 1), ("00", 0), ("10", 10), ("-1", -1), ("", nil), ("\n", nil), ("\n1", nil),
            ("1 ", nil),
            (" 1", nil), ("1\n\n", nil), ("1\n2", nil), ("1x", nil), ("0b1", nil), ("0x", nil), ("08", nil),
            ("+", nil), ("-+1", nil), ("true", nil), ("4294967297", nil), ("18446744073709551617", nil),
        ]
    )
    func integers(text: String, value: Int?) {
        #expect(ValueParser.integer.value(of: Array(text.utf8)) == value)
    }

    @Test(
        "3.4 adds 64 MB to the larger of real mode area and 256 MB, and caps the real mode area at 1 GB",
        arguments: [(256, 320), (512, 576), (1024, 1088), (4096, 1088)] as [(UInt64, UInt64)]
    )
    func minimum(realMode: UInt64, bootMemory: UInt64) {
        let size = KernelProfile.linux34.bootMemory.automaticSize(
            memory: 4 << 30,
            memoryEnd: 4 << 30,
            limit: nil,
            realModeArea: realMode << 20
        )
        #expect(size == bootMemory << 20)
    }
}
