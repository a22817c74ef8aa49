import Analysis
package import Baselines

/// Brings deploys and checks of the store to Grafana as they come.
package struct AnnotationFeed: Sendable {
    /// What one look at the store led to.
    package struct Progress: Sendable, Hashable {
        package var created = 0
        package var known = 0
        /// Grafana will not have them, so they are passed over from now on.
        package var refused = 0
        /// Tried again at the next look.
        package var failed = 0
        /// Of what was refused or failed, the last.
        package var lastError: String?
        /// The next look is not before that.
        package var retryAfter: Duration?

        package init() {}
    }

    /// Older ones are history: nobody waits for their mark.
    private static let lookback: UInt64 = 3_600_000_000_000
    // Of one look.
    private static let limit = 200
    private static let longestPause = Duration.seconds(600)

    package let counters = AnnotationCounters()
    private let store: BaselineStore
    private let annotations: GrafanaAnnotations
    private let now: @Sendable () -> UInt64

    /// `now` is in Unix nanoseconds.
    package init(store: BaselineStore, annotations: GrafanaAnnotations, now: @escaping @Sendable () -> UInt64) {
        self.store = store
        self.annotations = annotations
        self.now = now
    }

    /// Looks every `interval` until it is cancelled, and tells what it did where it did something.
    package func run(every interval: Duration = .seconds(15), told: @Sendable (Progress) -> Void) async throws {
        var settled: Set<String> = []
        while true {
            let progress = try await look(&settled)
            if progress != Progress() { told(progress) }
            let pause = min(progress.retryAfter ?? interval, AnnotationFeed.longestPause)
            try await Task.sleep(for: max(interval, pause))
        }
    }

    /// One look; `settled` are the marks that need no other attempt, and stays within what a look can find.
    ///
    /// What cannot be read or written is in the progress.
    ///
    /// - Throws: only when cancelled.
    package func look(_ settled: inout Set<String>) async throws -> Progress {
        var progress = Progress()
        defer { counters.add(progress) }
        let wanted: [GrafanaAnnotation]
        do throws(BaselineStoreError) {
            wanted = try await unsettled(&settled)
        } catch {
            progress.failed += 1
            progress.lastError = "\(error)"
            return progress
        }
        for annotation in wanted {
            do {
                switch try await annotations.publish(annotation) {
                case .created: progress.created += 1
                case .known: progress.known += 1
                case .refused(let reason):
                    progress.refused += 1
                    progress.lastError = "Grafana does not take \(annotation.identity): \(reason)"
                }
                settled.insert(annotation.identity)
            } catch let error as GrafanaAnnotations.Unavailable {
                progress.failed += 1
                progress.lastError = error.description
                progress.retryAfter = error.retryAfter
                // The next one would wait for the same Grafana.
                break
            }
        }
        return progress
    }

    /// Oldest first, as they happened.
    private func unsettled(_ settled: inout Set<String>) async throws(BaselineStoreError) -> [GrafanaAnnotation] {
        let time = now()
        let range = (time - min(time, AnnotationFeed.lookback))..<UInt64.max
        let deploys = try await store.deploys(in: range, limit: AnnotationFeed.limit).map(GrafanaAnnotation.init)
        let checks = try await store.listedChecks(in: range, limit: AnnotationFeed.limit)
        settled.formIntersection(deploys.map(\.identity) + checks.map { GrafanaAnnotation.identity(ofCheck: $0.id) })
        var wanted = deploys.filter { !settled.contains($0.identity) }
        for check in checks where !settled.contains(GrafanaAnnotation.identity(ofCheck: check.id)) {
            // Only a whole check knows what time it looked at.
            if let whole = try await store.check(check.id) { wanted.append(GrafanaAnnotation(whole)) }
        }
        return wanted.sorted { ($0.time, $0.identity) < ($1.time, $1.identity) }
    }
}
