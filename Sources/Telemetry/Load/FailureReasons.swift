/// Why answers failed the plan's expectations, in words that hold nothing of the answers themselves; with counts.
///
/// Bounded: past the limit further reasons are counted as one.
package struct FailureReasons: Sendable, Hashable {
    private static let limit = 64
    private static let others = "other reasons"

    package private(set) var counts: [String: UInt64] = [:]

    package init() {}

    package mutating func add(_ reason: String, count: UInt64 = 1) {
        let isKnown = counts[reason] != nil || counts.count < FailureReasons.limit
        counts[isKnown ? reason : FailureReasons.others, default: 0] += count
    }

    package mutating func merge(_ other: FailureReasons) {
        for (reason, count) in other.counts.sorted(by: { $0.key < $1.key }) { add(reason, count: count) }
    }

    /// The most frequent first.
    package var ranked: [(reason: String, count: UInt64)] {
        counts.map { (reason: $0.key, count: $0.value) }.sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
    }
}
