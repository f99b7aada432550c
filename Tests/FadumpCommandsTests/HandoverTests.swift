import Machine
import MachineFile
import Testing

@testable import FadumpCommands

@Suite("What a daemon is told")
struct HandoverTests {
    private func described() throws -> DescribedMachine {
        var described = DescribedMachine()
        try described.machine.set(.name, to: "big", from: .fileName("/etc/fadumpfs/big.toml"))
        try described.machine.set(.memoryMap, to: "0-1G,2G-3G", from: .option("memory-map"))
        try described.machine.set(.faults, to: "register=-2*3", from: .file("big.toml", line: 3, column: 1))
        try described.machine.set(.commandLine, to: "fadump=on a=ü", from: .option("cmdline"))
        try described.machine.set(.fill, to: "seed:7,zero=30", from: .option("fill"))
        described.mount.mountPoint = "/nowhere/big"
        described.mount.allowOther = true
        described.mount.logLevel = "debug"
        return described
    }

    @Test("is the machine and the mount that were described, with where each setting comes from")
    func comesThroughWhole() throws {
        let described = try described()
        let told = try Handover(parsing: Handover(described, reports: true).bytes)
        #expect(told.reports)
        for key in FileKey.allCases {
            #expect(key.text(told.machine, told.mount) == key.text(described.machine, described.mount))
            let origins = [told.machine, described.machine].map { key.origin($0, told.mount).description }
            if case .machine = key { #expect(origins[0] == origins[1]) }
        }
        #expect(told.mount.originTexts == described.mount.originTexts)
    }

    @Test("is refused where it is cut, and where something follows")
    func truncated() throws {
        let bytes = Handover(try described(), reports: false).bytes
        #expect((try? Handover(parsing: bytes)) != nil)
        for count in 0..<bytes.count { #expect((try? Handover(parsing: Array(bytes[..<count]))) == nil) }
        #expect((try? Handover(parsing: bytes + [0])) == nil)
    }

    @Test("has a mount point that does not depend on where the daemon is")
    func absolute() throws {
        var described = try described()
        described.mount.mountPoint = "nowhere/big"
        #expect(Handover(described, reports: true).mount.mountPoint?.hasPrefix("/") == true)
        described.mount.mountPoint = "."
        #expect(Handover(described, reports: true).mount.mountPoint?.hasSuffix("/.") == false)
    }

    @Test("starts a daemon, and nothing that a person would write does")
    func arguments() throws {
        let handover = Handover(try described(), reports: true)
        #expect(DaemonStage.arguments(handover) == ["fadumpfs", "daemon", "big", "/nowhere/big"])
        #expect(DaemonStage(arguments: DaemonStage.arguments(handover)) != nil)
        #expect(DaemonStage(arguments: ["fadumpfs", "mount", "--quiet", "/mnt"]) == nil)
        #expect(DaemonStage(arguments: ["fadumpfs", "daemon"]) == nil)
    }
}
