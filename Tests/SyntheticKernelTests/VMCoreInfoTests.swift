import BinaryCodec
import CoreFile
import KernelProfile
import Testing

@testable import SyntheticKernel

@Suite("The lines of VMCOREINFO")
struct VMCoreInfoTests {
    @Test(
        "they fit the room that each kernel keeps for them, in either page size",
        arguments: KernelProfile.all
    )
    func size(profile: KernelProfile) {
        for endianness in profile.endiannesses {
            for pageSize in [4096, 65536] as [UInt64] {
                let layout = KernelLayout(profile, endianness, pageSize: pageSize)
                var info = VMCoreInfoText.vmcoreinfo(layout, radix: true)
                info.append("CRASHTIME", "18446744073709551615")
                var writer = BinaryWriter(endianness)
                info.note.write(to: &writer)
                #expect(UInt64(writer.count + 12) <= profile.image.vmcoreinfoSize(pageSize: pageSize))
            }
        }
    }

    @Test("7.2 says what a 7.2.13 says, wherever both have the structure in the same shape")
    func recorded() {
        let info = VMCoreInfoText.vmcoreinfo(KernelLayout(.linux72, .little, pageSize: 65536), radix: true)
        let same = [
            "LENGTH(mem_section)": "32768", "SIZE(mem_section)": "16", "NUMBER(SECTION_SIZE_BITS)": "24",
            "NUMBER(MAX_PHYSMEM_BITS)": "51", "OFFSET(page._mapcount)": "48", "OFFSET(page.private)": "40",
            "LENGTH(zone.free_area)": "9", "SIZE(printk_ringbuffer)": "88", "SIZE(prb_desc)": "24",
            "OFFSET(printk_info.caller_id)": "20", "OFFSET(atomic_long_t.counter)": "0",
            "LENGTH(free_area.free_list)": "6", "NUMBER(PG_lru)": "5", "NUMBER(PG_private)": "14",
            "NUMBER(PG_swapcache)": "10", "NUMBER(PG_swapbacked)": "17", "NUMBER(PG_head_mask)": "64",
            "NUMBER(PAGE_BUDDY_MAPCOUNT_VALUE)": "-268435456",
            "NUMBER(PAGE_SLAB_MAPCOUNT_VALUE)": "-184549376",
            "LENGTH(node_data)": "256", "NUMBER(RADIX_MMU)": "1", "KERNELOFFSET": "0",
        ]
        for (key, value) in same { #expect(info[key] == value, "\(key)") }
    }

    @Test("every symbol is one of the image's, or a place in one", arguments: KernelProfile.all)
    func symbols(profile: KernelProfile) throws {
        let layout = KernelLayout(profile, .little, pageSize: 65536)
        let info = VMCoreInfoText.vmcoreinfo(layout, radix: false)
        let addresses = info.lines.filter { $0.key.hasPrefix("SYMBOL(") }
        #expect(addresses.count > 6)
        for (key, value) in addresses {
            let address = try #require(UInt64(value, radix: 16))
            #expect(address >= layout.architecture.imageMap, "\(key)")
            #expect(address - layout.architecture.imageMap < layout.image.end, "\(key)")
        }
    }
}
