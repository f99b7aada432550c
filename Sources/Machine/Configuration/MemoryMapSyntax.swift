import PhysicalMemory

/// A memory map as people write it: ranges `START-END` with END not included, separated by commas.
///
/// "0-256M,256M-2G" is two nodes without a hole; "0-1G,2G-3G" has a hole.
public enum MemoryMapSyntax {
    /// Reads a map. Errors: a failure of --memory-map that quotes what is wrong.
    public static func parse(_ text: String) throws(ConfigurationFailure) -> MemoryMap {
        var ranges: [AddressRange] = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            ranges.append(try range(String(word), in: text))
        }
        do {
            return try MemoryMap(ranges)
        } catch {
            throw failure(text, "two of its ranges overlap: \(error)")
        }
    }

    /// Writes a map so that `parse` reads it again.
    public static func text(_ map: MemoryMap) -> String {
        map.ranges
            .map { "\(ByteSize.text($0.start.rawValue))-\(ByteSize.text($0.end.rawValue))" }
            .joined(separator: ",")
    }

    /// One range `START-END`.
    static func range(_ word: String, in text: String) throws(ConfigurationFailure) -> AddressRange {
        let edges = word.split(separator: "-", omittingEmptySubsequences: false).map {
            ByteSize.parse(String($0))
        }
        guard edges.count == 2, let start = edges[0], let end = edges[1], start < end else {
            throw failure(text, "'\(word)' is no range; write START-END, for example 0-256M,256M-2G")
        }
        return AddressRange(PhysicalAddress(start), upTo: PhysicalAddress(end))
    }

    private static func failure(_ text: String, _ problem: String) -> ConfigurationFailure {
        ConfigurationFailure(setting: .memoryMap, given: text, problem: problem)
    }
}
