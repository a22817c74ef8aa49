/// Finds the word a person most likely meant.
enum NearestWord {
    /// The known word closest to `word` when it is close enough to suggest.
    ///
    /// A third of its letters may differ, or one is the beginning of the other (`modul`, `start_command`).
    static func to(_ word: String, among known: [String]) -> String? {
        let limit = max(1, word.count / 3)
        var best: (word: String, distance: Int)?
        for candidate in known {
            let distance = distance(Array(word.lowercased()), Array(candidate.lowercased()))
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        if let best { return best.word }
        return known.first { min($0.count, word.count) >= 4 && ($0.hasPrefix(word) || word.hasPrefix($0)) }
    }

    /// `did you mean …?` when a word is near, else the known words.
    static func hint(for word: String, among known: [String]) -> String {
        if let nearest = to(word, among: known) { return "did you mean `\(nearest)`?" }
        return "known: " + known.map { "`\($0)`" }.joined(separator: ", ")
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        // A hostile key must not cost a quadratic table; nothing that long is near a known word.
        guard left.count <= 64, right.count <= 64 else { return .max }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                let isSame = left[row] == right[column]
                var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (isSame ? 0 : 1))
                let isSwap =
                    row > 0 && column > 0 && left[row] == right[column - 1] && left[row - 1] == right[column]
                if isSwap { cost = min(cost, beforeLast[column - 1] + 1) }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
