package import Analysis
import Correlation
package import Telemetry

/// Puts sample tests together into a run.
package struct SampleRun {
    /// 2026-11-21 12:07:52 UTC.
    package static let startedAt: UInt64 = 1_795_262_872_000_000_000
    package static let numbering = RequestNumbering(prefix: 0x8F3A_27C1_5B9E_0D64, key: 0x1234_5678_9ABC_DEF0)

    private var id: String
    private var tests: [TestReport]
    private var findings: [Finding]
    private var culprits: [Culprit]
    private var services: [String]
    private var exitCode: Int
    private var wasInterrupted: Bool
    private var warnings: [String]

    package init(
        id: String,
        tests: [TestReport],
        findings: [Finding] = [],
        culprits: [Culprit] = [],
        services: [String],
        exitCode: Int = 0,
        wasInterrupted: Bool = false,
        warnings: [String] = []
    ) {
        self.id = id
        self.tests = tests
        self.findings = findings
        self.culprits = culprits
        self.services = services
        self.exitCode = exitCode
        self.wasInterrupted = wasInterrupted
        self.warnings = warnings
    }

    package var report: RunReport {
        var completeness = Completeness()
        for test in tests { completeness.merge(test.completeness) }
        return RunReport(
            run: RunIdentity(
                id: id,
                lineageID: "proj-933-checkout",
                moduleID: "Shop",
                editionID: "standard",
                startedAt: SampleRun.startedAt,
                endedAt: SampleRun.startedAt + 48_250_000_000,
                wasInterrupted: wasInterrupted,
                targetURL: "http://127.0.0.1:8080",
                version: "plimsoll 0.1.0",
                engine: "libcurl/7.88.1 OpenSSL/3.0.17 zlib/1.2.13",
                environment: "2 × x86_64, Linux 6.1.0, Debian 12",
                command: "plimsoll run perf/ --out plimsoll-out/\(id)"
            ),
            tests: tests,
            findings: findings,
            culprits: culprits,
            status: tests.map(\.verdict.status).max { $0.rank < $1.rank } ?? .invalid,
            score: tests.map(\.verdict.score.value).min() ?? 0,
            exitCode: exitCode,
            completeness: completeness,
            services: services,
            warnings: warnings
        )
    }
}
