import Analysis
import Baselines

/// Findings together with what people decided about them.
enum FindingInbox {
    struct Entry {
        var found: StoredFinding
        /// Newest first.
        var annotations: [StoredAnnotation]
        var disposition: StoredAnnotation.Disposition
        var assignee: String?
        /// Left out until then, Unix nanoseconds.
        var excludedUntil: UInt64?
    }

    /// Of the newest 50 runs, newest first; `now` in Unix nanoseconds.
    static func entries(of store: BaselineStore, now: UInt64) async throws -> [Entry] {
        let notes = Dictionary(grouping: try await store.annotations(about: .finding, limit: 5_000), by: \.subjectID)
        return try await store.findings().map { found in
            let own = notes[found.finding.fingerprint] ?? []
            return Entry(
                found: found,
                annotations: own,
                disposition: own.lazy.compactMap(\.disposition).first ?? .open,
                assignee: own.lazy.compactMap(\.assignee).first { !$0.isEmpty },
                excludedUntil: own.lazy.compactMap(\.excludedUntil).first.flatMap { $0 > now ? $0 : nil }
            )
        }
    }
}
