import Analysis
import Correlation
import Plans
import Telemetry

extension BaselineRun {
    /// A test of an earlier report, to compare with.
    init(_ test: TestReport, runID: String, environment: String) {
        self.init(
            runID: runID,
            profile: test.profile,
            latency: test.load.latency,
            errorRate: test.load.errorRate,
            achievedRate: test.load.achievedRate,
            score: test.verdict.score.value,
            status: test.verdict.status.rawValue,
            coverage: test.completeness.coverage,
            environment: environment
        )
    }

    /// Every endpoint of correlated traces, judged as a first run would be.
    static func all(_ run: CorrelatedRun, module: String, runID: String, environment: String) -> [BaselineRun] {
        let plan = DiagnosisPlan(module: module, endpoints: run.tests.map(\.name)).project.plan
        return run.tests.map { test in
            let verdict = Scorer().verdict(
                for: test,
                definition: plan.tests[test.load.test],
                plan: plan,
                rules: VerdictRules(),
                comparison: nil,
                resources: ResourceUsage(),
                findings: []
            )
            return BaselineRun(
                runID: runID,
                profile: test.profile,
                latency: test.load.latency,
                errorRate: test.load.ledger.errorRate,
                achievedRate: test.load.achievedRate,
                score: verdict.score.value,
                status: verdict.status.rawValue,
                coverage: test.completeness.coverage,
                environment: environment
            )
        }
    }
}
