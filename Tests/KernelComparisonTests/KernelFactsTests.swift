import KernelComparison
import KernelProfile
import Testing

@Suite("Kernels as scripts see them")
struct KernelFactsTests {
    /// A kernel that nobody but this test knows: what somebody writes who adds one.
    static let added: KernelProfile = {
        var profile = KernelProfile.all.last ?? .default
        profile.name = "linux-99.9"
        profile.release = "99.9.0-fadump"
        profile.summary = "only here"
        profile.evidence = .read("this test")
        profile.interface.registerTwice = .resourceBusy
        profile.interface.registersAtBoot = false
        return profile
    }()

    static let kernels = KernelProfile.all + [added]

    private func kernel(_ name: String) throws -> KernelProfile {
        try #require(Self.kernels.first { $0.name == name })
    }

    private func changes(_ old: String, _ new: String) throws -> [KernelChange] {
        try KernelFacts(observing: kernel(old)).changes(to: KernelFacts(observing: kernel(new)))
    }

    @Test("every kernel keeps the promises that all of them make", arguments: kernels.map(\.name))
    func promises(name: String) throws {
        let facts = try KernelFacts(observing: kernel(name))
        func answer(_ value: String, _ file: String, _ moment: Moment) -> String? {
            facts.facts.first { $0.subject == "\"\(value)\" to \(file)" && $0.moment == moment }?.lines.first
        }
        #expect(answer("1", "registered", .unregistered) == "registers")
        #expect(answer("0", "registered", .registered) == "unregisters")
        #expect(answer("2", "registered", .unregistered) == "EINVAL")
        #expect(answer("", "registered", .unregistered) == "no change")
        #expect(answer("1", "registered", .dump) == "EPERM")
        #expect(answer("1\\n", "release_mem", .dump) == "releases")
        #expect(answer("x", "release_mem", .dump) == "EINVAL")
        #expect(answer("1", "release_mem", .released) == "EPERM")
        #expect(answer("1", "registered", .released) == "registers")
        let vmcore = facts.files.filter { $0.path == "/proc/vmcore" }
        #expect(vmcore.map(\.when) == [[.dump]])
        #expect(vmcore.map(\.mode) == ["0400"])
        #expect(facts.facts(about: .vmcore).count == 5)
        #expect(facts.tools.count == DumpTool.all.count)
        #expect(try facts.changes(to: KernelFacts(observing: kernel(name))) == [])
    }

    @Test("a kernel that was just added can be compared without a line for it")
    func addedKernel() throws {
        let newest = try #require(KernelProfile.all.last)
        let changes = try changes(newest.name, "linux-99.9")
        let again = changes.filter { $0.topic == .writes && $0.subject == "\"1\" to registered" }
        #expect(again.map(\.after) == [["EBUSY"]])
        let atBoot = changes.filter { $0.subject.hasSuffix("fadump/registered") && $0.when == [.boot] }
        #expect(atBoot.map(\.before) == [["1"]])
        #expect(Set(changes.map(\.topic)) == [.contents, .writes, .messages])
    }

    @Test("4.19 reads numbers where 4.14 read one byte")
    func parsers() throws {
        let changes = try changes("linux-4.14", "linux-4.19").filter { $0.topic == .writes }
        let hexadecimal = changes.filter { $0.subject == "\"0x1\" to registered" }
        #expect(hexadecimal.map(\.when) == [[.unregistered], [.registered]])
        #expect(hexadecimal.map(\.before) == [["no change"], ["unregisters"]])
        #expect(hexadecimal.map(\.after) == [["registers"], ["EEXIST"]])
    }

    @Test("5.10 moves the files and leaves links")
    func links() throws {
        let changes = try changes("linux-5.4", "linux-5.10").filter { $0.topic == .files }
        let old = changes.filter { $0.subject == "/sys/kernel/fadump_release_mem" }
        #expect(old.map(\.before) == [["0200"]])
        #expect(old.map(\.after) == [["0777 -> fadump/release_mem"]])
        #expect(old.map(\.when) == [[.dump, .released]])
    }

    @Test("lines that both say are no difference")
    func commonLines() throws {
        let boot = try changes("linux-5.10", "linux-6.1").first { $0.subject == "boot" }
        #expect(boot?.after?.contains("<6>rtas fadump: Registration is successful!") == true)
        #expect(boot?.before?.contains { $0.contains("Linux version") } == false)
    }
}
