/// A value of a machine file, before anybody asked what it should be.
enum WrittenValue: Hashable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([WrittenValue])
    case table([String: WrittenValue])
    /// A fraction, a date or a time, in words: nothing here is one.
    case other(String)

    /// What is there, in words.
    var word: String {
        switch self {
        case .text: "text"
        case .number: "a number"
        case .flag: "true or false"
        case .list: "a list"
        case .table: "a table"
        case .other(let word): word
        }
    }
}
