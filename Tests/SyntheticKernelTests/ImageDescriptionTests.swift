import BinaryCodec
import CoreFile
import DebugImage
import KernelProfile
import SyntheticKernel
import Testing

@Suite("The vmlinux of the emulated kernel")
struct ImageDescriptionTests {
    @Test("every kernel has one, whose symbols lie in its sections", arguments: KernelProfile.all)
    func everyKernel(profile: KernelProfile) throws {
        for endianness in profile.endiannesses {
            let layout = KernelLayout(profile, endianness, pageSize: 65536)
            let image = layout.imageDescription
            let bytes = try ImageFile(image).bytes
            let header = try ELFHeader(parsing: bytes)
            #expect(header.endianness == endianness && header.machine == .ppc64)
            #expect(bytes.count < 64 << 10)
            #expect(image.symbols.contains { $0.name == "linux_banner" })
            #expect(image.types.structures["task_struct"] != nil)
            for symbol in image.symbols {
                let inside = image.sections.contains {
                    symbol.address >= $0.address && symbol.address - $0.address <= $0.size
                }
                #expect(inside, "\(profile.name): \(symbol.name)")
            }
        }
    }

    @Test("variables of x86_64 are in the image's own map, and the file says so")
    func x86() {
        let image = KernelLayout(.linux72, .little, pageSize: 65536, architecture: .x86).imageDescription
        #expect(image.machine == .x86_64 && image.flags == 0)
        #expect(image.symbols.first { $0.name == "_stext" }?.address == 0xffff_ffff_8000_0000)
        #expect(image.symbols.contains { $0.name == "init_top_pgt" })
    }

    @Test("builds that differ have identifiers that differ, and the same build has the same")
    func identifiers() {
        var seen = Set<[UInt8]>()
        for profile in KernelProfile.all {
            for endianness in profile.endiannesses {
                for pageSize in [4096, 65536] as [UInt64] {
                    let layout = KernelLayout(profile, endianness, pageSize: pageSize)
                    #expect(layout.buildID.count == 20 && layout.buildIDText.count == 40)
                    #expect(layout.buildID == KernelLayout(profile, endianness, pageSize: pageSize).buildID)
                    #expect(seen.insert(layout.buildID).inserted, "\(profile.name)")
                }
            }
        }
    }
}
