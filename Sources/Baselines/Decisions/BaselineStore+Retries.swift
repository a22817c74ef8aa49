package import Analysis
import Foundation
import GRDB

extension BaselineStore {
    /// The newest repetition of a test that recovered it; `nil` when none is known, or the newest ones did not help.
    package func retryThatWorked(for key: BaselineKey) async throws(BaselineStoreError) -> RetryRecord? {
        let history = try await read("reading earlier repetitions") { database in
            try Data.fetchOne(
                database,
                sql: """
                    SELECT retry
                    FROM runs JOIN test_results ON test_results.run_id = runs.id
                        JOIN run_summaries ON run_summaries.run_id = runs.id
                    WHERE \(KeyColumns.condition) AND retry IS NOT NULL
                    ORDER BY runs.started_at DESC, runs.id DESC LIMIT 1
                    """,
                arguments: KeyColumns.arguments(key)
            )
        }
        // What cannot be read is of another version: advice that is missing harms nobody.
        let newest = history.flatMap { try? StoredJSON.value(RetryHistory.self, from: $0) }
        guard let newest, newest.outcome(of: key.endpoint) == .recovered else { return nil }
        return newest.records.last { $0.step.test == key.endpoint }
    }
}
