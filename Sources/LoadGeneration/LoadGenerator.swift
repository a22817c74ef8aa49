import Curl
package import Plans
package import Telemetry

/// Sends the load that a plan asks for, test after test, and measures it.
package struct LoadGenerator: Sendable {
    private let plan: TestPlan
    private let numbering: RequestNumbering
    private let runID: String
    private let settings: LoadSettings

    package init(
        plan: TestPlan,
        numbering: RequestNumbering,
        runID: String,
        settings: LoadSettings = LoadSettings()
    ) {
        self.plan = plan
        self.numbering = numbering
        self.runID = runID
        self.settings = settings
    }

    /// Runs the tests one after another.
    ///
    /// Cancelling the task stops the load within a second and returns what was measured, with `wasInterrupted` set.
    /// - Parameter onProgress: called from one task at a time, four to five times a second.
    /// - Throws: `LoadError` before any request is sent, when a test cannot be turned into requests.
    package func run(onProgress: @escaping @Sendable (LoadProgress) -> Void) async throws -> LoadResult {
        LoadResult(tests: [], numbering: numbering, engine: CurlVersion.description, wasInterrupted: false)
    }
}
