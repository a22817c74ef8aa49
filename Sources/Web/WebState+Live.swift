import Analysis
import Baselines
import Correlation
import Runs

extension WebState {
    /// More anomalies at once are counted, not listed.
    static let mostAnomalies = 200

    /// The newest window that is closed; from the store while this process has closed none.
    func newestWindow() async throws -> TelemetryWindow? {
        if let window = watch.progress.lastWindow { return window }
        guard let newest = try await store.windowRange()?.upperBound else { return nil }
        return try await store.windows(in: newest..<newest + 1).first
    }

    /// Those that last now, newest first.
    func openAnomalies() async throws -> [OperationAnomaly] {
        try await store.anomalies(matching: AnomalyFilter(isLasting: true), limit: WebState.mostAnomalies)
    }
}
