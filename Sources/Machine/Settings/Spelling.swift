/// Guesses which word was meant.
public enum Spelling {
    /// The word that takes the fewest letters to change, if that is at most a third of them.
    public static func nearest(to word: String, among words: [String]) -> String? {
        let distances = words.map { ($0, distance(Array(word.lowercased()), Array($0))) }
        guard let best = distances.min(by: { $0.1 < $1.1 }) else { return nil }
        return best.1 <= max(1, max(word.count, best.0.count) / 3) ? best.0 : nil
    }

    /// How many letters must be put in, left out, replaced or swapped with their neighbour.
    static func distance(_ from: [Character], _ to: [Character]) -> Int {
        var rows = [Array(0...to.count)]
        for (i, letter) in from.enumerated() {
            var row = [i + 1]
            for (j, other) in to.enumerated() {
                var cost = min(rows[i][j] + (letter == other ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, letter == to[j - 1], from[i - 1] == other {
                    cost = min(cost, rows[i - 1][j - 1] + 1)
                }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[from.count][to.count]
    }
}
