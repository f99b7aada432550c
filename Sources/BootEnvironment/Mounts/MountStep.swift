/// One step towards the files of a boot, carried out in a mount namespace of its own.
///
/// Sources of binds that do not begin with / are below the machine's mount point.
public enum MountStep: Sendable, Hashable {
    case directory(String)
    case emptyFile(String)
    case link(String, target: String)
    /// A file with what another has now.
    case copy(from: String, to: String)
    /// A tmpfs.
    case scratch(String, mode: String)
    case bind(from: String, to: String, recursive: Bool)
    case readOnly(String)
    /// An overlay; without `upper` it cannot be written to.
    case overlay(lower: [String], upper: String?, work: String?, at: String)
    /// The processes of the boot's PID namespace.
    case processes(String)
    case detach(String)
}
