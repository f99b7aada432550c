/// A date of the machine's clock as people write it.
enum MachineDate {
    /// Seconds since 1970 of `2012-02-16T12:00:00Z`, or of a number of seconds; nil where `text` is neither.
    static func parse(_ text: String) -> Int64? {
        if let seconds = Int64(text) { return seconds >= 0 ? seconds : nil }
        let pattern = "0000-00-00T00:00:00Z"
        guard text.utf8.count == pattern.utf8.count else { return nil }
        for (byte, wanted) in zip(text.utf8, pattern.utf8) {
            let isDigit = (48...57).contains(byte)
            guard wanted == 48 ? isDigit : byte == wanted else { return nil }
        }
        let numbers = text.split { !$0.isNumber }.compactMap { Int64($0) }
        guard numbers.count == 6, numbers[0] >= 1970, (1...12).contains(numbers[1]),
            (1...days(in: numbers[1], of: numbers[0])).contains(numbers[2]), numbers[3] < 24, numbers[4] < 60,
            numbers[5] < 60
        else { return nil }
        let days = dayNumber(numbers[0], numbers[1], numbers[2])
        return ((days * 24 + numbers[3]) * 60 + numbers[4]) * 60 + numbers[5]
    }

    private static func isLeap(_ year: Int64) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1 January 1970.
    private static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let years = (1970..<year).reduce(Int64(0)) { $0 + (isLeap($1) ? 366 : 365) }
        return (1..<month).reduce(years) { $0 + days(in: $1, of: year) } + day - 1
    }
}
