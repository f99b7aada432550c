import PhysicalMemory
import PowerFirmware

extension OPALPlatform {
    /// Looks for what the crashed kernel left: firmware tells of a crash in the device tree, and has the address.
    ///
    /// Source: `opal_fadump_dt_scan`, `opal_fadump_get_config`.
    func findDump(_ kernel: inout FadumpKernel, _ hardware: Hardware) -> DumpMemoryStructure? {
        guard hardware.firmware.mpipl.isActive else { return nil }
        let (status, address) = hardware.firmware.mpiplQueryTag(.kernel)
        guard status == .success, address != 0, let metadata = OPALMetadata(at: address, hardware) else {
            kernel.print(messages.noMetadata(status.rawValue), hardware)
            return nil
        }
        if metadata.version != OPALMetadata.currentVersion {
            for message in messages.otherMetadataVersion(OPALMetadata.currentVersion, metadata.version) {
                kernel.print(message, hardware)
            }
        }
        // A crash before anything was registered is none to dump.
        guard metadata.registered > 0 else { return nil }
        if let found = kernel.profile.messages.dumpFound { kernel.print(found, hardware) }
        let unsaved = metadata.ranges.enumerated().dropFirst(metadata.registered)
        if !unsaved.isEmpty {
            let lost = unsaved.map { (index: $0.offset, start: $0.element.source, size: $0.element.size) }
            for message in messages.unsavedRanges(lost) { kernel.print(message, hardware) }
        }
        return metadata.structure
    }

    /// Puts the metadata at the end of the area and tells OPAL where, and what of memory the next kernel may boot in.
    ///
    /// Source: `opal_fadump_setup_metadata`, `opal_fadump_init_mem_struct`.
    func setUp(_ area: ReservedArea, _ kernel: inout FadumpKernel, _ hardware: inout Hardware) -> Bool {
        kernel.print(messages.metadata(area.metadata), hardware)
        kernel.write(OPALMetadata(area, registered: 0).bytes, at: area.metadata, &hardware)
        let tags = [
            (MPIPLTag.kernel, area.metadata, messages.metadataTagFailed),
            (.bootMemory, area.bootMemoryTop, messages.bootMemoryTagFailed),
        ]
        var isSet = true
        for (tag, value, failed) in tags
        where hardware.firmware.mpiplRegisterTag(tag, value, ram: hardware.ram) != .success {
            kernel.print(failed, hardware)
            isSet = false
        }
        return isSet
    }
}
