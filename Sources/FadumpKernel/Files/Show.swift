import KernelProfile
import SystemPackage

extension FadumpKernel {
    /// Whether a file exists in this boot, now.
    public func exists(_ attribute: Attribute) -> Bool {
        switch attribute {
        case .fadumpEnabled, .fadumpRegistered, .fadumpRegion:
            switch (state, profile.interface.presence) {
            case (.unsupported, _): false
            case (.disabled, .whenEnabled): false
            default: true
            }
        case .fadumpReleaseMemory: hasReleaseFile
        case .opalReleaseCore: hasOPALCoreFiles
        case .fadumpMemoryReserved: profile.interface.hasDirectory && exists(.fadumpEnabled)
        case .fadumpHotplugReady: profile.interface.saysHotplugReady && exists(.fadumpEnabled)
        case .fadumpBootargsAppend: state.area?.parameterArea != nil
        default: true
        }
    }

    /// The contents of a file.
    ///
    /// Errors: `.operationNotSupportedByDevice` once the kernel is down.
    public func show(_ attribute: Attribute, on hardware: Hardware) throws(Errno) -> String {
        // Not compared with nil, for which it would be copied: this is asked at every read.
        if case .some = crash { throw .operationNotSupportedByDevice }
        switch attribute {
        case .fadumpEnabled: return state.isEnabled ? "1\n" : "0\n"
        case .fadumpRegistered:
            if case .registered = state { return "1\n" }
            return "0\n"
        case .fadumpRegion: return regionText(hardware)
        case .fadumpMemoryReserved: return "\(state.reservedArea?.size ?? 0)\n"
        case .fadumpHotplugReady: return "1\n"
        case .fadumpBootargsAppend:
            return String(decoding: additionalParameters(hardware), as: UTF8.self) + "\n"
        case .kexecCrashCMARanges: return ""
        case .kexecLoaded: return "0\n"
        case .kexecCrashLoaded:
            if case .loaded = kdump { return "1\n" }
            return "0\n"
        case .kexecCrashSize: return "\(kdump.reservedRange?.count ?? 0)\n"
        case .vmcoreinfo:
            let size = String(vmcoreinfoSize, radix: 16)
            let address =
                profile.files.vmcoreinfoHasPrefix
                ? "0x" + KernelFormat.digits(vmcoreinfoAddress, width: 16)
                : String(vmcoreinfoAddress, radix: 16)
            return "\(address) \(size)\n"
        case .panic: return "\(panicTimeout)\n"
        case .panicOnOops: return panicOnOops ? "1\n" : "0\n"
        case .commandLine: return commandLine.text + "\n"
        case .iomem: return iomemText
        case .meminfo: return meminfoText
        case .fadumpReleaseMemory, .opalReleaseCore, .sysrqTrigger: throw .permissionDenied
        }
    }
}
