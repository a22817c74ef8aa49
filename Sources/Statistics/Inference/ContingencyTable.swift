/// Counts by two categories: whether one depends on the other, and how much.
package struct ContingencyTable: Sendable, Hashable {
    /// Rows of equal length; rows and columns without any count are left out.
    package let rows: [[Double]]
    private let expected: [[Double]]

    package init(_ rows: [[Double]]) {
        let filled = rows.filter { $0.contains { $0 > 0 } }
        let width = filled.first?.count ?? 0
        let columns = (0..<width).filter { column in filled.contains { $0[column] > 0 } }
        let kept = filled.map { row in columns.map { row[$0] } }
        let total = kept.joined().reduce(0, +)
        self.rows = kept
        let sums = columns.indices.map { column in kept.reduce(0) { $0 + $1[column] } }
        expected = kept.map { row in sums.map { row.reduce(0, +) * $0 / total } }
    }

    /// Pearson's χ², without Yates' correction.
    package var statistic: Double {
        zip(rows.joined(), expected.joined()).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }
    }

    package var freedom: Int { max(0, (rows.count - 1) * ((rows.first?.count ?? 1) - 1)) }

    /// That the rows differ by chance alone; 1 when there is nothing to compare.
    package var p: Double { freedom == 0 ? 1 : ChiSquareDistribution(freedom: Double(freedom)).upperTail(statistic) }

    /// Cramér's V, 0...1: the strength of the association.
    package var association: Double {
        let smaller = Double(min(rows.count, rows.first?.count ?? 0) - 1)
        let total = rows.joined().reduce(0, +)
        return smaller > 0 && total > 0 ? (statistic / (total * smaller)).squareRoot() : 0
    }

    /// How far a cell is from what chance alone gives, in standard errors (adjusted residual).
    package func residual(row: Int, column: Int) -> Double {
        let total = rows.joined().reduce(0, +)
        let rowShare = rows[row].reduce(0, +) / total
        let columnShare = rows.reduce(0) { $0 + $1[column] } / total
        let variance = expected[row][column] * (1 - rowShare) * (1 - columnShare)
        return variance > 0 ? (rows[row][column] - expected[row][column]) / variance.squareRoot() : 0
    }
}
