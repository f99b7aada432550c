import SystemPackage

/// What goes by open files: opening, reading, writing, seeking, polling.
extension FileSystem {
    /// Opens a file and returns the number of the open file.
    ///
    /// Errors: ESTALE for a file that is gone, EACCES where the conventions ask for a mode bit that nobody has, EINVAL for
    /// O_DIRECT, EISDIR.
    public func open(_ number: UInt64, _ mode: OpenMode) throws(Errno) -> UInt64 {
        let inode = try inode(number)
        guard !isDead(inode) else { throw .staleNFSFileHandle }
        let node = inode.node
        guard node.isPresent else { throw .staleNFSFileHandle }
        if node.conventions.needsModeBitToOpen { try check(mode, inode) }
        if mode.contains(.direct), node.conventions.refusesDirect { throw .invalidArgument }
        var blob: (any Blob)?
        switch node.content {
        case .directory: throw .isDirectory
        case .link: throw .tooManySymbolicLinkLevels
        case .blob(let open, _): blob = try open()
        case .attribute, .log: break
        }
        if mode.contains(.truncate) { inode.truncate(to: 0) }
        return keep(OpenFile(inode, mode, blob))
    }

    /// A direction needs a mode bit that somebody has, whoever opens.
    private func check(_ mode: OpenMode, _ inode: Inode) throws(Errno) {
        let bits = inode.mode
        if mode.contains(.read), bits & 0o444 == 0 { throw .permissionDenied }
        if mode.contains(.write), bits & 0o222 == 0 { throw .permissionDenied }
    }

    private func live(_ number: UInt64) throws(Errno) -> OpenFile {
        let file = try file(number)
        guard !isDead(file.inode) else { throw .operationNotSupportedByDevice }
        return file
    }

    /// Reads up to `count` bytes from `offset`; `body` gets them in pieces that are valid during the call.
    public func read(
        _ number: UInt64,
        at offset: UInt64,
        count: Int,
        _ body: ([UnsafeRawBufferPointer]) -> Void
    ) throws(Errno) {
        let file = try live(number)
        let node = file.inode.node
        let bytes: [UInt8]
        switch node.content {
        case .blob:
            guard let blob = file.blob else { throw .ioError }
            return try blob.read(at: offset, count: count, body)
        case .attribute(let show, _):
            guard let show else { throw .ioError }
            bytes = try file.readAttribute(show, node.conventions, at: offset, count: count)
        case .log(let log):
            bytes = try file.readLog(log, at: offset, count: count)
        case .directory, .link:
            throw .isDirectory
        }
        bytes.withUnsafeBytes { body([$0]) }
    }

    /// Writes; `completion` gets the number of bytes taken, or the errno, perhaps later.
    public func write(
        _ number: UInt64,
        at offset: UInt64,
        _ bytes: [UInt8],
        _ caller: Caller,
        _ completion: Completion<Int>
    ) {
        do throws(Errno) {
            let file = try live(number)
            let node = file.inode.node
            if bytes.isEmpty, node.conventions.ignoresEmptyWrites { return completion.succeed(0) }
            switch node.content {
            case .blob:
                guard let blob = file.blob else { throw .ioError }
                completion.succeed(try blob.write(at: offset, bytes))
            case .attribute(_, let store):
                guard let store else { throw node.conventions.writeRefusal }
                file.state.withLock { $0.isStale = true }
                let passed = Array(bytes.prefix(node.conventions.maximumWrite))
                store(StoreRequest(bytes: passed, offset: offset, caller: caller, completion: completion))
            case .log, .directory, .link:
                throw node.conventions.writeRefusal
            }
        } catch {
            completion.fail(error)
        }
    }

    /// SEEK_DATA (`hole` false) or SEEK_HOLE.
    public func seek(_ number: UInt64, from offset: UInt64, hole: Bool) throws(Errno) -> UInt64 {
        let file = try live(number)
        if let blob = file.blob {
            return hole ? try blob.seekHole(from: offset) : try blob.seekData(from: offset)
        }
        guard file.inode.node.conventions.seeking == .bySize else { throw .invalidArgument }
        let size = file.inode.attributes(owner: owner, isGone: false).size
        guard offset < size else { throw .noSuchAddressOrDevice }
        return hole ? size : offset
    }

    /// What lseek(2) to the end of an open file goes by.
    ///
    /// Errors: ENODEV for a file of an earlier boot, EINVAL where the file's seeking knows no end.
    public func attributesForSeekingToEnd(_ number: UInt64) throws(Errno) -> FileAttributes {
        let file = try live(number)
        switch file.inode.node.content {
        case .attribute where file.inode.node.conventions.seeking == .invalid: throw .invalidArgument
        case .blob: _ = try file.blob?.seekHole(from: 0)
        default: break
        }
        return file.inode.attributes(owner: owner, isGone: false)
    }

    /// Why fsync(2) fails; nil where it succeeds.
    public func syncRefusal(_ number: UInt64) -> Errno? {
        (try? file(number))?.inode.node.conventions.sync
    }

    /// The events that hold now. `wake` is kept and called once when that changes.
    public func poll(_ number: UInt64, wake: (@Sendable () -> Void)?) throws(Errno) -> PollEvents {
        let file = try live(number)
        let node = file.inode.node
        if let wake { remember(wake, file, node) }
        switch node.content {
        case .log(let log):
            let end = file.state.withLock { $0.readEnd }
            return UInt64(log.count) == end ? [] : .readable
        case .attribute where node.conventions.pollsUnreadAsChanged:
            let wasRead = file.state.withLock { $0.wasRead }
            return wasRead ? .always : [.always, .priority, .error]
        default:
            return .always
        }
    }

    private func remember(_ wake: @escaping @Sendable () -> Void, _ file: OpenFile, _ node: Node) {
        let observes = file.state.withLock { state in
            state.wake = wake
            return state.observation != nil
        }
        guard !observes, case .log(let log) = node.content else { return }
        let observation = log.observe { [weak file] in file?.wake() }
        file.state.withLock { $0.observation = observation }
    }

    /// Closes an open file.
    public func release(_ number: UInt64) {
        guard let file = drop(number) else { return }
        let observation = file.state.withLock { state in
            state.wake = nil
            return state.observation
        }
        if let observation, case .log(let log) = file.inode.node.content { log.stopObserving(observation) }
    }
}
