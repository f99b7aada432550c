import KernelProfile

extension KernelLayout {
    /// The order of the largest free blocks, 16 MiB in either page size.
    ///
    /// Source: CONFIG_FORCE_MAX_ZONEORDER (Linux 3.4 to 6.1, arch/powerpc/Kconfig); LENGTH(zone.free_area) is 9 in a
    /// 7.2.13 with pages of 64K.
    public var largestOrder: Int { pageSize == 65536 ? 8 : 12 }

    /// Zones that a node has room for.
    static let zones = 3

    /// Nodes, their zones, and the lists of free blocks.
    ///
    /// Source: include/linux/mmzone.h (Linux 3.4 to 7.2); the places in `struct zone` are those of a 7.2.13.
    mutating func addZoneStructures() {
        let rules = profile.structures
        add(
            "free_area",
            [
                ("free_list", .array(.structure("list_head"), rules.migrateTypes)),
                ("nr_free", .unsigned(8)),
            ]
        )
        let orders = largestOrder + 1
        let areas = orders * size(of: .structure("free_area"))
        let long = KernelType.structure("atomic_long_t")
        add(
            "zone",
            [
                ("_watermark", .array(.unsigned(8), 4)), ("", .opaque(56)),
                ("zone_pgdat", .pointer("pglist_data")),
                ("", .opaque(24)), ("zone_start_pfn", .unsigned(8)), ("managed_pages", long),
                ("spanned_pages", .unsigned(8)), ("present_pages", .unsigned(8)),
                ("name", .pointer(nil)), ("", .opaque(256 - 160)),
                ("free_area", .array(.structure("free_area"), orders)),
                ("flags", .unsigned(8)), ("", .opaque(128 + (128 - (areas + 8) % 128) % 128)),
                ("vm_stat", .array(long, 16)),
            ]
        )
        add(
            "pglist_data",
            size: 8192,
            [
                ("node_zones", .array(.structure("zone"), Self.zones)), ("", .opaque(1024)),
                ("nr_zones", .signed(4)), ("node_start_pfn", .unsigned(8)),
                ("node_present_pages", .unsigned(8)), ("node_spanned_pages", .unsigned(8)),
                ("node_id", .signed(4)),
            ]
        )
    }
}
