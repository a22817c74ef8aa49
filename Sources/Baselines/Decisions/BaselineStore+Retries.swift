package import Analysis
import Foundation
import GRDB

extension BaselineStore {
    /// The newest repetition of a test that recovered it; `nil` when none is known, or the newest ones did not help.
    package func retryThatWorked(for key: BaselineKey) async throws(BaselineStoreError) -> RetryRecord? {
        let histories = try await read("reading earlier repetitions") { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT json_extract(CAST(runs.report AS TEXT), '$.retry')
                    FROM runs JOIN test_results ON test_results.run_id = runs.id
                    WHERE \(KeyColumns.condition)
                        AND json_extract(CAST(runs.report AS TEXT), '$.retry') IS NOT NULL
                    ORDER BY runs.started_at DESC, runs.id DESC LIMIT 1
                    """,
                arguments: KeyColumns.arguments(key)
            )
        }
        // What cannot be read is of another version: advice that is missing harms nobody.
        let newest = histories.first.flatMap { try? JSONDecoder().decode(RetryHistory.self, from: Data($0.utf8)) }
        guard let newest, newest.outcome(of: key.endpoint) == .recovered else { return nil }
        return newest.records.last { $0.step.test == key.endpoint }
    }
}
