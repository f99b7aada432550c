import KernFS
import KernelProfile

/// How the kernel's file systems answer, made out of what a profile says of them.
///
/// Source: recorded from kernels of the era, operation by operation.
struct FileConventions: Sendable {
    let profile: KernelProfile
    let pageSize: UInt64

    /// A page is the unit of sysfs: size, block size and the longest write.
    var sysfs: Conventions {
        var files = Conventions()
        files.size = .fixed(pageSize)
        files.blockSize = UInt32(clamping: pageSize)
        files.needsModeBitToOpen = true
        files.writeRefusal = .ioError
        files.maximumWrite = Int(clamping: pageSize)
        files.refresh = .atStartOrAfterWrite
        files.repeatsTextBehindJump = profile.files.sysfsRepeatsTextBehindJump
        files.seeking = .bySize
        files.pollsUnreadAsChanged = true
        files.sync = profile.files.sysfsSync
        files.extendedAttribute = profile.files.sysfsExtendedAttribute
        files.keepsTrustedAttributes = profile.files.sysfsKeepsTrustedAttributes
        files.create = profile.files.sysfsCreate
        files.newName = profile.files.sysfsNewName
        return files
    }

    var debugfs: Conventions {
        var files = Conventions()
        files.size = .fixed(0)
        files.blockSize = UInt32(clamping: pageSize)
        files.ignoresEmptyWrites = false
        files.sync = .invalidArgument
        files.truncationSticks = true
        return files
    }

    var procfs: Conventions {
        var files = Conventions()
        files.size = .fixed(0)
        files.blockSize = 1024
        files.writeRefusal = .ioError
        files.sync = .invalidArgument
        files.create = .noSuchFileOrDirectory
        files.newName = profile.files.procNewName
        return files
    }

    var vmcore: Conventions {
        var files = procfs
        files.ignoresEmptyWrites = false
        return files
    }

    /// Binary files of sysfs.
    var binary: Conventions {
        var files = sysfs
        files.writeRefusal = .ioError
        return files
    }

    /// The device tree: properties have the length of their value.
    var deviceTree: Conventions {
        var files = procfs
        files.size = .contents
        files.directoriesStay = false
        if profile.files.deviceTreeIsInSysfs { files.blockSize = UInt32(clamping: pageSize) }
        return files
    }

    /// The machine's own files, which no kernel has.
    static var control: Conventions {
        var files = Conventions()
        files.needsModeBitToOpen = true
        files.refresh = .atStart
        files.writeRefusal = .permissionDenied
        files.seeking = .bySize
        return files
    }
}
