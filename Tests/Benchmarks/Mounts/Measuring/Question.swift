/// Something to measure, and who is measured at it.
struct Question {
    enum Better: String, Codable {
        case lower
        case higher
    }

    /// One of those that are measured side by side.
    struct Contender {
        let name: String
        /// Does it once and returns how much, in the question's unit.
        let measure: () throws -> Double
    }

    let id: String
    let unit: String
    let better: Better
    /// The contender that the others are divided by.
    let reference: String
    var contenders: [Contender]
    /// False where several have to work at a time.
    var fitsOneCPU = true
}
