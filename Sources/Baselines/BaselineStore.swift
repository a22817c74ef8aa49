package import Analysis
import GRDB

/// Runs and their baselines in one SQLite file.
package final class BaselineStore: Sendable {
    package let path: String

    package init(path: String) throws(BaselineStoreError) {
        self.path = path
    }

    /// Accepted runs of the key, newest first.
    package func baselines(for key: BaselineKey, limit: Int = 10) async throws(BaselineStoreError) -> [BaselineRun] { [] }

    /// Stores a run in one transaction; recording the same run again replaces it.
    package func record(_ report: RunReport) async throws(BaselineStoreError) {}

    /// Runs, newest first.
    package func runs(limit: Int = 50) async throws(BaselineStoreError) -> [RunSummary] { [] }

    /// A stored report; `nil` when there is no such run.
    package func report(_ runID: String) async throws(BaselineStoreError) -> RunReport? { nil }
}
