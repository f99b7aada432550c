extension TOMLCursor {
    /// Arrays and inline tables may stand in each other so deep.
    private static let depthLimit = 32

    /// A key: names, plain or quoted, joined by dots.
    mutating func readKey() throws(TOMLError) -> [String] {
        var path: [String] = []
        while true {
            skipBlanks()
            if next == "\"" || next == "'" {
                guard !starts(with: "\"\"\""), !starts(with: "'''") else {
                    throw error("a key is on one line")
                }
                path.append(try readString())
            } else {
                let name = take { Self.isBare($0) }
                guard !name.isEmpty else {
                    throw error("a key is expected here: letters, digits, '-' and '_', or text in quotes")
                }
                path.append(name)
            }
            skipBlanks()
            guard take(".") else { return path }
        }
    }

    private static func isBare(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true
        default: false
        }
    }

    mutating func readValue(depth: Int = 0) throws(TOMLError) -> WrittenValue {
        guard depth < Self.depthLimit else { throw error("lists and tables in each other, too deep") }
        switch next {
        case "\"", "'": return .text(try readString())
        case "[": return try readArray(depth)
        case "{": return try readInlineTable(depth)
        default: return try readWord()
        }
    }

    private mutating func readArray(_ depth: Int) throws(TOMLError) -> WrittenValue {
        advance()
        var items: [WrittenValue] = []
        while true {
            try skipLines()
            if take("]") { return .list(items) }
            items.append(try readValue(depth: depth + 1))
            try skipLines()
            if take("]") { return .list(items) }
            guard take(",") else { throw error("values of a list are separated by ',', and ']' ends it") }
        }
    }

    private mutating func readInlineTable(_ depth: Int) throws(TOMLError) -> WrittenValue {
        advance()
        var members: [String: WrittenValue] = [:]
        skipBlanks()
        if take("}") { return .table(members) }
        while true {
            skipBlanks()
            let start = self
            let key = try readKey()
            guard key.count == 1, members[key[0]] == nil else {
                throw start.error("a name that is there already, or has dots: write it on a line of its own")
            }
            skipBlanks()
            guard take("=") else { throw error("a key is followed by '=' and a value") }
            skipBlanks()
            members[key[0]] = try readValue(depth: depth + 1)
            skipBlanks()
            if take("}") { return .table(members) }
            guard take(",") else { throw error("keys of a table are separated by ',', and '}' ends it") }
        }
    }

    /// A value without quotes: true, false, a number, or something that nothing here is.
    private mutating func readWord() throws(TOMLError) -> WrittenValue {
        let start = self
        let word = take { Self.isBare($0) || ":.+".unicodeScalars.contains($0) }
        switch word {
        case "": throw start.error("a value is expected here; text stands in quotes")
        case "true": return .flag(true)
        case "false": return .flag(false)
        default: break
        }
        if let number = TOMLNumber(word) {
            guard let value = number.value else {
                throw start.error("a number that does not fit 63 bits; write it in quotes")
            }
            return .number(value)
        }
        if TOMLNumber.isFraction(word) { return .other("a fraction") }
        if TOMLNumber.isDate(word) { return .other("a date or time") }
        throw start.error("'\(word)' is no value; text stands in quotes")
    }
}
