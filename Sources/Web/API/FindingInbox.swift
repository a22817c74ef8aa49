import Analysis
import Baselines

/// Findings together with what people decided about them.
enum FindingInbox {
    struct Entry {
        var found: StoredFinding
        /// Newest first.
        var annotations: [StoredAnnotation]
        var decision: FindingDecision
    }

    /// Of the newest 50 runs, newest first; `now` in Unix nanoseconds.
    static func entries(of store: BaselineStore, now: UInt64) async throws -> [Entry] {
        let notes = Dictionary(grouping: try await store.annotations(about: .finding, limit: 5_000), by: \.subjectID)
        return try await store.findings().map { found in
            let own = notes[found.finding.fingerprint] ?? []
            return Entry(found: found, annotations: own, decision: FindingDecision(own, now: now))
        }
    }
}
