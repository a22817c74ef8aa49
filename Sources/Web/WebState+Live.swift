import Analysis
import Baselines
import Correlation
import Runs

extension WebState {
    /// The newest window that is closed; from the store while this process has closed none.
    func newestWindow() async throws -> TelemetryWindow? {
        if let window = watch.progress.lastWindow { return window }
        guard let newest = try await store.windowRange()?.upperBound else { return nil }
        return try await store.windows(in: newest..<newest + 1).first
    }

    /// Those that last now, newest first.
    func openAnomalies() async throws -> [OperationAnomaly] {
        watch.anomalies.filter { $0.until == nil }.sorted { $0.since > $1.since }
    }

    /// Those that are over, newest first.
    func pastAnomalies(limit: Int) async throws -> [OperationAnomaly] {
        Array(watch.anomalies.filter { $0.until != nil }.sorted { $0.since > $1.since }.prefix(limit))
    }
}

extension Watch {
    var openAnomalies: Int { anomalies.count { $0.until == nil } }
}
