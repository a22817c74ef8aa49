/// Counts what was wrong with the spans of one request.
struct RejectionTally {
    private var counts = [Int](repeating: 0, count: SpanRejection.allCases.count)
    /// Spans that were kept without some of their attributes.
    var incomplete = 0

    mutating func count(_ rejection: SpanRejection) { counts[rejection.rawValue] += 1 }

    var total: Int { counts.reduce(0, +) }

    /// One English sentence for the sender; empty when all is well.
    func message(limits: DecodingLimits) -> String {
        var parts = SpanRejection.allCases.filter { counts[$0.rawValue] > 0 }
            .map { "\(counted(counts[$0.rawValue])) rejected: \($0.reason)" }
        if incomplete > 0 {
            parts.append(
                """
                \(counted(incomplete)) kept without some attributes: at most \(limits.attributesPerSpan) attributes, \
                values nested at most \(limits.valueDepth) deep
                """
            )
        }
        return parts.joined(separator: "; ")
    }

    private func counted(_ number: Int) -> String { number == 1 ? "1 span" : "\(number) spans" }
}
