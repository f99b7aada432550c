import Glibc

/// A lock on a whole file that belongs to the open file: it goes with the last descriptor of it, and with nothing else.
enum FileLock {
    /// F_OFD_GETLK and F_OFD_SETLK, which Swift's Glibc hides.
    static let get: Int32 = 36
    static let set: Int32 = 37

    static var whole: flock {
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        return lock
    }
}
