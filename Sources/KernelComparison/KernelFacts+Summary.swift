extension KernelFacts {
    /// A file, and the moments at which it is there.
    public struct File: Sendable, Hashable {
        /// From the root; a directory ends in a slash.
        public var path: String
        /// Permission bits in octal, four digits.
        public var mode: String
        /// Where a symbolic link points.
        public var target: String?
        public var when: [Moment]
    }

    /// Every file that was there at some moment, in the order of its path.
    public var files: [File] {
        var files: [File] = []
        for fact in facts(about: .files) {
            guard let moment = fact.moment, let line = fact.lines.first else { continue }
            let words = line.split(separator: " ")
            let file = File(
                path: fact.subject,
                mode: words.first.map(String.init) ?? "",
                target: words.count == 3 ? words.last.map(String.init) : nil,
                when: [moment]
            )
            let same = files.firstIndex {
                $0.path == file.path && $0.mode == file.mode && $0.target == file.target
            }
            if let same { files[same].when.append(moment) } else { files.append(file) }
        }
        return files.sorted { $0.path < $1.path }
    }
}
