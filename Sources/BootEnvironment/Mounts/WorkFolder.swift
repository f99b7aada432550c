import Glibc

/// The folder that an overlay needs beside its changes.
enum WorkFolder {
    /// Removes an overlay's folder for work, in which the kernel leaves folders and a mark of what was deleted.
    static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        for name in RealTree().names(path) { remove(path + "/" + name) }
        rmdir(path)
    }
}
