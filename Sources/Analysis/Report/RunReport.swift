package import Correlation

/// Everything a run found out: the only input of every artifact.
package struct RunReport: Sendable, Codable {
    package var schema = "plimsoll-run/1"
    package var run: RunIdentity
    package var tests: [TestReport]
    /// Worst first.
    package var findings: [Finding]
    package var culprits: [Culprit]
    /// The worst of the tests.
    package var status: TestStatus
    /// The lowest of the tests.
    package var score: Double
    package var exitCode: Int
    package var completeness: Completeness
    package var services: [String]
    /// Configuration warnings, dropped data and other things a reader must know.
    package var warnings: [String]
    /// `nil` in reports from before it was kept.
    package var gate: GateDecision?
    /// What scraped metrics say over the run, at most `MetricTimeline.pointLimit` points each; `nil` where none were.
    package var metrics: [ResourceSeries]?
    /// `nil` where nothing was repeated.
    package var retry: RetryHistory?

    package init(
        run: RunIdentity,
        tests: [TestReport],
        findings: [Finding],
        culprits: [Culprit],
        status: TestStatus,
        score: Double,
        exitCode: Int,
        completeness: Completeness,
        services: [String],
        warnings: [String]
    ) {
        self.run = run
        self.tests = tests
        self.findings = findings
        self.culprits = culprits
        self.status = status
        self.score = score
        self.exitCode = exitCode
        self.completeness = completeness
        self.services = services
        self.warnings = warnings
    }
}

/// Which run this is, of what, when and where.
package struct RunIdentity: Sendable, Hashable, Codable {
    package var id: String
    package var lineageID: String
    package var moduleID: String
    package var editionID: String
    /// Unix nanoseconds.
    package var startedAt: UInt64
    package var endedAt: UInt64
    package var wasInterrupted: Bool
    package var targetURL: String
    /// Plimsoll's version and the load engine's.
    package var version: String
    package var engine: String
    /// CPU model, cores, kernel: runs of different environments do not compare.
    package var environment: String
    /// To run it again.
    package var command: String

    package init(
        id: String,
        lineageID: String,
        moduleID: String,
        editionID: String,
        startedAt: UInt64,
        endedAt: UInt64,
        wasInterrupted: Bool,
        targetURL: String,
        version: String,
        engine: String,
        environment: String,
        command: String
    ) {
        self.id = id
        self.lineageID = lineageID
        self.moduleID = moduleID
        self.editionID = editionID
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.wasInterrupted = wasInterrupted
        self.targetURL = targetURL
        self.version = version
        self.engine = engine
        self.environment = environment
        self.command = command
    }
}
