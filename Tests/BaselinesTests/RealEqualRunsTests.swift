import Analysis
import Baselines
import Correlation
import Foundation
import Telemetry
import TestSupport
import Testing

/// Real runs of one target that differ in nothing, each compared with others of them: item 5 of the evaluation plan.
@Suite struct RealEqualRunsTests {
    private static let store = ProcessInfo.processInfo.environment["PLIMSOLL_AA_STORE"]

    /// Run by `scripts/eval-aa`, which fills the store.
    @Test(.enabled(if: store != nil)) func `equal runs of a real target hardly ever raise an alarm`() async throws {
        let store = try BaselineStore(path: RealEqualRunsTests.store ?? "")
        var reports: [RunReport] = []
        for run in try await store.runs(limit: 100) {
            if let report = try await store.report(run.id) { reports.append(report) }
        }
        #expect(reports.count >= 6)
        var random = SeededGenerator(seed: 5)
        var (comparisons, alarms, failing, warning, tests, below) = (0, 0, 0, 0, 0, 0)
        for (index, report) in reports.enumerated() {
            let others = reports.indices.filter { $0 != index }
            for _ in 0..<20 {
                let chosen = others.shuffled(using: &random).prefix(5)
                let results = BaselineComparator().compare(
                    report.tests.map { CorrelatedTest(stored: $0) },
                    with: report.tests.indices.map { test in
                        chosen.map { BaselineRun(stored: reports[$0].tests[test], of: reports[$0].run) }
                    },
                    environment: report.run.environment
                )
                let estimates = results.compactMap { $0 }.flatMap { [$0.p95, $0.mean] + $0.paths.map(\.critical) }
                comparisons += 1
                if estimates.contains(where: { $0.decision == .regression }) { alarms += 1 }
                if estimates.contains(where: { $0.decision == .regression && $0.confidence >= 0.8 }) { failing += 1 }
                if estimates.contains(where: { $0.confidence >= 0.5 }) { warning += 1 }
                let tested = estimates.compactMap(\.p)
                tests += tested.count
                below += tested.count { $0 < 0.05 }
            }
        }
        func share(_ part: Int, of whole: Int) -> Double { Double(part) / Double(max(1, whole)) }
        print(
            "FIGURES \"runs\":\(reports.count),\"comparisons\":\(comparisons),"
                + "\"alarm\":\(share(alarms, of: comparisons)),\"fail\":\(share(failing, of: comparisons)),"
                + "\"warn\":\(share(warning, of: comparisons)),\"p_below_0.05\":\(share(below, of: tests)),"
                + "\"tests\":\(tests)"
        )
    }
}

extension CorrelatedTest {
    /// What the comparison reads of a run, from its stored report.
    fileprivate init(stored report: TestReport) {
        var load = TestLoad(test: 0, startedAt: report.load.startedAt)
        load.latency = report.load.latency
        load.serviceTime = report.load.serviceTime
        load.targetRate = report.load.targetRate
        load.achievedRate = report.load.achievedRate
        load.ledger.scheduled = report.load.scheduled
        for outcome in RequestOutcome.allCases { load.ledger[outcome] = report.load.outcomes[outcome.name] ?? 0 }
        self.init(
            load: load,
            name: report.name,
            traces: [],
            completeness: report.completeness,
            profile: report.profile
        )
    }
}

extension BaselineRun {
    fileprivate init(stored report: TestReport, of run: RunIdentity) {
        self.init(
            runID: run.id,
            profile: report.profile,
            latency: report.load.latency,
            errorRate: report.load.errorRate,
            achievedRate: report.load.achievedRate,
            score: report.verdict.score.value,
            status: report.verdict.status.rawValue,
            coverage: report.completeness.coverage,
            environment: run.environment
        )
    }
}
