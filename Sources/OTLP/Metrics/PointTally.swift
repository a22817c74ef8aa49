/// Counts what was wrong with the data points of one request.
struct PointTally {
    private var counts = [Int](repeating: 0, count: PointRejection.allCases.count)

    mutating func count(_ rejection: PointRejection, points: Int = 1) { counts[rejection.rawValue] += points }

    var total: Int { counts.reduce(0, +) }

    /// One English sentence for the sender; empty when all is well.
    var message: String {
        PointRejection.allCases.filter { counts[$0.rawValue] > 0 }
            .map { "\(counts[$0.rawValue]) data points rejected: \($0.reason)" }
            .joined(separator: "; ")
    }
}
