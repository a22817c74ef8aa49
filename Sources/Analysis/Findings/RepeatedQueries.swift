import Correlation
import Telemetry

/// Queries that one span issues again and again, found trace by trace in the span columns (the per-trace rule of F13).
struct RepeatedQueries {
    /// Who issues what: the same in every trace.
    struct Key: Hashable {
        var parent: OperationID
        var query: OperationID
        var statement: StringID
    }

    /// What one trace has of a key.
    struct Occurrence {
        var trace: TraceID
        var count: Int
        var totalNanoseconds: UInt64
        /// Total without the median of one.
        var savedNanoseconds: UInt64
        /// Between one and the next: what the issuer does with each row before it asks for another.
        var gapNanoseconds: UInt64
        /// Whether the same span issued another query before the first of these.
        var hasSource: Bool
    }

    /// The per-trace thresholds.
    struct Rule {
        var minimumCount = 5
        var maximumOverlap = 0.2
        var minimumNanoseconds: UInt64 = 50_000_000
        var minimumRootShare = 0.05
    }

    private(set) var occurrences: [Key: [Occurrence]] = [:]

    /// Looks at the complete traces of a test, in order.
    init(_ test: CorrelatedTest, spans: SpanTable, rule: Rule) {
        var rows: [Int] = []
        for trace in test.traces where trace.state == .complete {
            guard let root = trace.root else { continue }
            rows.removeAll(keepingCapacity: true)
            rows.append(contentsOf: trace.rows.filter { !spans.statement[$0].isEmpty && spans.parentID[$0] != 0 })
            guard rows.count >= rule.minimumCount else { continue }
            rows.sort { left, right in
                let a = (spans.parentID[left], spans.statement[left].rawValue, spans.startNanoseconds[left])
                return a < (spans.parentID[right], spans.statement[right].rawValue, spans.startNanoseconds[right])
            }
            let enough = min(
                rule.minimumNanoseconds,
                UInt64(rule.minimumRootShare * Double(spans.durationNanoseconds(of: root)))
            )
            var found: [Key: Occurrence] = [:]
            var start = 0
            while start < rows.count {
                let first = rows[start]
                let end =
                    rows[start...].firstIndex {
                        spans.parentID[$0] != spans.parentID[first] || spans.statement[$0] != spans.statement[first]
                    } ?? rows.count
                defer { start = end }
                guard end - start >= rule.minimumCount,
                    let parent = trace.rows.first(where: { spans.spanID[$0] == spans.parentID[first] })
                else { continue }
                let group = rows[start..<end]
                guard
                    let occurrence = RepeatedQueries.occurrence(
                        group,
                        of: trace.traceID,
                        spans: spans,
                        enough: enough,
                        maximumOverlap: rule.maximumOverlap,
                        hasSource: rows.contains {
                            spans.parentID[$0] == spans.parentID[first] && spans.statement[$0] != spans.statement[first]
                                && spans.endNanoseconds[$0] <= spans.startNanoseconds[first]
                        }
                    )
                else { continue }
                let key = Key(
                    parent: spans.operation[parent],
                    query: spans.operation[first],
                    statement: spans.statement[first]
                )
                found[key] = found[key].map { RepeatedQueries.sum($0, occurrence) } ?? occurrence
            }
            for (key, occurrence) in found { occurrences[key, default: []].append(occurrence) }
        }
    }

    private static func occurrence(
        _ rows: ArraySlice<Int>,
        of trace: TraceID,
        spans: SpanTable,
        enough: UInt64,
        maximumOverlap: Double,
        hasSource: Bool
    ) -> Occurrence? {
        var total: UInt64 = 0
        var overlap: UInt64 = 0
        var reached: UInt64 = 0
        var gaps: UInt64 = 0
        for row in rows {
            total += spans.durationNanoseconds(of: row)
            let covered = min(reached, spans.endNanoseconds[row])
            if reached > 0, spans.startNanoseconds[row] > reached { gaps += spans.startNanoseconds[row] - reached }
            overlap += covered > spans.startNanoseconds[row] ? covered - spans.startNanoseconds[row] : 0
            reached = max(reached, spans.endNanoseconds[row])
        }
        guard total >= enough, total > 0, Double(overlap) < maximumOverlap * Double(total) else { return nil }
        let median = rows.map { spans.durationNanoseconds(of: $0) }.sorted()[rows.count / 2]
        return Occurrence(
            trace: trace,
            count: rows.count,
            totalNanoseconds: total,
            savedNanoseconds: total - median,
            gapNanoseconds: gaps,
            hasSource: hasSource
        )
    }

    private static func sum(_ left: Occurrence, _ right: Occurrence) -> Occurrence {
        Occurrence(
            trace: left.trace,
            count: left.count + right.count,
            totalNanoseconds: left.totalNanoseconds + right.totalNanoseconds,
            savedNanoseconds: left.savedNanoseconds + right.savedNanoseconds,
            gapNanoseconds: left.gapNanoseconds + right.gapNanoseconds,
            hasSource: left.hasSource || right.hasSource
        )
    }
}
