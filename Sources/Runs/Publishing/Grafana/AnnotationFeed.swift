import Analysis
package import Baselines

/// Brings deploys and checks of the store to Grafana as they come.
package struct AnnotationFeed: Sendable {
    /// What one look at the store led to.
    package struct Progress: Sendable, Hashable {
        package var created = 0
        package var known = 0
        /// Tried again at the next look.
        package var failed = 0
        package var lastError: String?

        package init() {}
    }

    /// Older ones are history: nobody waits for their mark.
    private static let lookback: UInt64 = 3_600_000_000_000
    // Of one look.
    private static let limit = 200

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
        var written: Set<String> = []
        while true {
            let progress = try await look(&written)
            if progress != Progress() { told(progress) }
            try await Task.sleep(for: interval)
        }
    }

    /// One look; `written` are the marks that need none any more, and stays within what a look can find.
    ///
    /// - Throws: only when cancelled. What cannot be read or written is in the progress.
    package func look(_ written: inout Set<String>) async throws -> Progress {
        var progress = Progress()
        let since = now() - min(now(), AnnotationFeed.lookback)
        var wanted: [GrafanaAnnotation] = []
        do throws(BaselineStoreError) {
            wanted += try await store.deploys(in: since..<UInt64.max, limit: AnnotationFeed.limit)
                .map(GrafanaAnnotation.init)
            wanted += try await store.checks(limit: AnnotationFeed.limit)
                .filter { $0.checkedAt >= since }.map(GrafanaAnnotation.init)
        } catch {
            progress.failed += 1
            progress.lastError = "\(error)"
        }
        written.formIntersection(wanted.map(\.identity))
        // Oldest first, as they happened.
        for annotation in wanted.sorted(by: { ($0.time, $0.identity) < ($1.time, $1.identity) })
        where !written.contains(annotation.identity) {
            do {
                switch try await annotations.publish(annotation) {
                case .created: progress.created += 1
                case .known: progress.known += 1
                }
                written.insert(annotation.identity)
            } catch let error as CancellationError {
                throw error
            } catch {
                progress.failed += 1
                progress.lastError = "\(error)"
                // The next one would wait for the same Grafana.
                break
            }
        }
        return progress
    }
}
