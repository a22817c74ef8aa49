/// One test over its runs: what `plimsoll trend` looks at.
package struct RunHistory: Sendable, Hashable {
    /// One run of the test.
    package struct Entry: Sendable, Hashable {
        package var runID: String
        /// Unix nanoseconds.
        package var startedAt: UInt64
        package var p95Milliseconds: Double
        /// 0...1.
        package var score: Double
        /// `TestStatus.rawValue`.
        package var status: String
        /// As in `RunIdentity.environment`: another machine is another regime.
        package var environment: String

        package init(
            runID: String,
            startedAt: UInt64,
            p95Milliseconds: Double,
            score: Double,
            status: String,
            environment: String
        ) {
            self.runID = runID
            self.startedAt = startedAt
            self.p95Milliseconds = p95Milliseconds
            self.score = score
            self.status = status
            self.environment = environment
        }
    }

    package var moduleID: String
    package var editionID: String
    package var testType: String
    package var endpoint: String
    /// Oldest first.
    package var entries: [Entry]

    package init(moduleID: String, editionID: String, testType: String, endpoint: String, entries: [Entry]) {
        self.moduleID = moduleID
        self.editionID = editionID
        self.testType = testType
        self.endpoint = endpoint
        self.entries = entries
    }
}
