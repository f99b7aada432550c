import BinaryCodec
import KernelProfile
import SyntheticKernel
import Testing

@Suite("Structures of the kernel in memory")
struct KernelLayoutTests {
    @Test("7.2 has the sizes and offsets that a 7.2.13 tells in its VMCOREINFO")
    func recorded() {
        let layout = KernelLayout(.linux72, .little, pageSize: 65536)
        let offsets: [(String, String, Int)] = [
            ("uts_namespace", "name", 0), ("page", "flags", 0), ("page", "lru", 8), ("page", "mapping", 24),
            ("page", "private", 40), ("page", "_mapcount", 48), ("page", "_refcount", 52),
            ("zone", "free_area", 256), ("zone", "vm_stat", 1408), ("zone", "spanned_pages", 136),
            ("mem_section", "section_mem_map", 0), ("printk_ringbuffer", "text_data_ring", 48),
            ("printk_ringbuffer", "fail", 80), ("prb_desc_ring", "head_id", 24),
            ("prb_desc_ring", "tail_id", 32), ("prb_desc", "text_blk_lpos", 8),
            ("printk_info", "text_len", 16),
            ("printk_info", "caller_id", 20), ("printk_info", "dev_info", 24), ("prb_data_ring", "data", 8),
            ("prb_data_ring", "tail_lpos", 24), ("latched_seq", "val", 8),
        ]
        for (structure, member, offset) in offsets {
            #expect(layout.offset(structure, member) == offset, "\(structure).\(member)")
        }
        let sizes: [(String, Int)] = [
            ("mem_section", 16), ("zone", 1536), ("free_area", 104), ("list_head", 16), ("nodemask_t", 32),
            ("printk_ringbuffer", 88), ("prb_desc_ring", 48), ("prb_desc", 24), ("printk_info", 88),
            ("prb_data_ring", 32), ("latched_seq", 24),
        ]
        for (structure, size) in sizes { #expect(layout[structure]?.size == size, "\(structure)") }
        #expect(layout.sectionRoots == 32768)
        #expect(layout.largestOrder + 1 == 9)
    }

    @Test("pages are laid out as the kernels of the time do", arguments: KernelProfile.all)
    func pages(profile: KernelProfile) throws {
        let layout = KernelLayout(profile, .big, pageSize: 4096)
        let page = try #require(layout["page"])
        #expect(page.size == 64)
        let old = profile.structures.page == .mappingFirst
        #expect(page.member("mapping")?.offset == (old ? 8 : 24))
        #expect(page.member("lru")?.offset == (old ? 32 : 8))
        #expect(page.member(profile.structures.pageCounter)?.offset == (old ? 28 : 52))
    }

    @Test(
        "every member lies in its structure, every symbol in the image, and no two overlap",
        arguments: KernelProfile.all
    )
    func consistent(profile: KernelProfile) {
        for pageSize in [4096, 65536] as [UInt64] {
            let layout = KernelLayout(profile, .little, pageSize: pageSize)
            for structure in layout.structures {
                for member in structure.members {
                    #expect(member.offset + layout.size(of: member.type) <= structure.size)
                }
            }
            var end: UInt64 = 0
            for symbol in layout.symbols where symbol.size > 0 {
                #expect(symbol.address >= end, "\(symbol.name)")
                end = symbol.address + symbol.size
            }
            #expect(end <= profile.image.firstFree)
        }
    }
}
