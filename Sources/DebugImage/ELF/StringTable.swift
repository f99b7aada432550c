/// Texts that end in a zero byte, each once; the first one is empty.
struct StringTable {
    private(set) var bytes: [UInt8] = [0]
    private var offsets: [String: UInt32] = ["": 0]

    /// Where the text is, from the start of the table.
    mutating func offset(of text: String) -> UInt32 {
        if let offset = offsets[text] { return offset }
        let offset = UInt32(clamping: bytes.count)
        bytes += Array(text.utf8) + [0]
        offsets[text] = offset
        return offset
    }
}
