/// Something to measure, and who is measured at it.
struct Question {
    enum Better: String, Codable {
        case lower
        case higher
    }

    /// One of those that are measured side by side.
    struct Contender {
        let name: String
        /// Does a part of it and returns how much, in the question's unit.
        let measure: (_ part: Int) throws -> Double

        /// Measured as a whole, or the same in every part.
        init(name: String, measure: @escaping () throws -> Double) {
            self.init(name: name, parts: { _ in try measure() })
        }

        init(name: String, parts measure: @escaping (_ part: Int) throws -> Double) {
            self.name = name
            self.measure = measure
        }
    }

    let id: String
    let unit: String
    let better: Better
    /// The contender that the others are divided by.
    let reference: String
    var contenders: [Contender]
    /// False where several have to work at a time.
    var fitsOneCPU = true
    /// Equal parts of a measurement, in each of which everybody has a turn: what the host does meanwhile meets all alike.
    var parts = 1

    /// A contender's measurement out of that of its parts: of speeds it is the speed of the whole.
    func whole(_ parts: [Double]) -> Double {
        let count = Double(parts.count)
        return switch better {
        case .lower: parts.reduce(0, +) / count
        case .higher: count / parts.reduce(0) { $0 + 1 / $1 }
        }
    }
}
