/// Decodes LZO1X, as `makedumpfile -l` compresses pages.
///
/// Our own: liblzo2 is under the GPL alone. Source: "LZO stream format as understood by Linux's LZO decompressor"
/// (Linux, Documentation/staging/lzo.rst), version 0 of the format.
struct LZODecoder {
    private let input: UnsafeBufferPointer<UInt8>
    private let output: UnsafeMutableBufferPointer<UInt8>
    private var read = 0
    private var written = 0

    /// What is wrong does not matter to anybody: the page is named instead.
    private struct Malformed: Error {}

    /// Returns how many bytes were written, nil where `input` is malformed or gives more than `output` takes.
    static func decode(_ input: [UInt8], into output: inout [UInt8]) -> Int? {
        input.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var decoder = LZODecoder(input: input, output: output)
                do throws(Malformed) { try decoder.run() } catch { return nil }
                return decoder.written
            }
        }
    }

    private init(input: UnsafeBufferPointer<UInt8>, output: UnsafeMutableBufferPointer<UInt8>) {
        self.input = input
        self.output = output
    }

    /// How many literals the instruction before copied: 4 stands for more than 3.
    private enum Past {
        static let many = 4
    }

    private mutating func run() throws(Malformed) {
        var literals = 0
        if let first = input.first, first >= 18 {
            read = 1
            literals = Int(first) - 17
            try copyLiterals(literals)
            literals = min(literals, Past.many)
        }
        while true {
            let instruction = Int(try byte())
            if instruction < 16, literals == 0 {
                try copyLiterals(3 + (try length(instruction, bits: 4)))
                literals = Past.many
                continue
            }
            guard let next = try match(instruction, after: literals) else { break }
            literals = next
            try copyLiterals(literals)
        }
        guard read == input.count else { throw Malformed() }
    }

    /// Copies what was written before, and returns how many literals follow; nil at the end of the stream.
    private mutating func match(_ instruction: Int, after literals: Int) throws(Malformed) -> Int? {
        var following = instruction & 3
        switch instruction {
        case 64...:
            let distance = Int(try byte()) << 3 + (instruction >> 2) & 7 + 1
            try copy((instruction >> 5) + 1, from: distance)
        case 32..<64:
            let count = 2 + (try length(instruction & 31, bits: 5))
            let operand = try twoBytes()
            following = operand & 3
            try copy(count, from: operand >> 2 + 1)
        case 16..<32:
            let count = 2 + (try length(instruction & 7, bits: 3))
            let operand = try twoBytes()
            following = operand & 3
            let distance = 16384 + (instruction & 8) << 11 + operand >> 2
            if distance == 16384 { return nil }
            try copy(count, from: distance)
        default:
            let near = Int(try byte()) << 2 + instruction >> 2 + 1
            if literals == Past.many { try copy(3, from: near + 2048) } else { try copy(2, from: near) }
        }
        return following
    }

    /// A length: `short`, or where that is 0 what follows, 255 for each zero byte and then one that is not.
    private mutating func length(_ short: Int, bits: Int) throws(Malformed) -> Int {
        if short > 0 { return short }
        var length = 1 << bits - 1
        while true {
            let more = try byte()
            guard more == 0 else { return length + Int(more) }
            length += 255
            // No page is that long; and nothing can overflow.
            guard length <= output.count else { throw Malformed() }
        }
    }

    private mutating func byte() throws(Malformed) -> UInt8 {
        guard read < input.count else { throw Malformed() }
        defer { read += 1 }
        return input[read]
    }

    private mutating func twoBytes() throws(Malformed) -> Int {
        let low = Int(try byte())
        return low | Int(try byte()) << 8
    }

    private mutating func copyLiterals(_ count: Int) throws(Malformed) {
        guard count <= input.count - read, count <= output.count - written else { throw Malformed() }
        for step in 0..<count { output[written + step] = input[read + step] }
        read += count
        written += count
    }

    /// Source and destination may overlap: then bytes written are read again.
    private mutating func copy(_ count: Int, from distance: Int) throws(Malformed) {
        guard distance <= written, count <= output.count - written else { throw Malformed() }
        for step in written..<(written + count) { output[step] = output[step - distance] }
        written += count
    }
}
