import Analysis
import Correlation
import Plans
import Telemetry

/// Everything between correlated traces and their report, whoever sent the load.
struct RunAnalysis: Sendable {
    let project: Project
    /// What is compared with: by index into the plan's tests, newest first.
    var history: [[BaselineRun]]
    let resources: [ResourceSeries]
    let measurement: ResourceMeasurement
    var settings = ComparisonSettings()
    /// What the services did before and now, where the traces of both are at hand.
    var activity: (before: WindowActivity, after: WindowActivity)?

    func report(on run: CorrelatedRun, as identity: RunIdentity, warnings: [String]) -> RunReport {
        let comparisons = BaselineComparator(settings: settings).compare(
            run.tests,
            with: run.tests.map { history[$0.load.test] },
            environment: identity.environment
        )
        let compared = ComparedRun(
            run: run,
            comparisons: comparisons,
            resources: resources,
            activity: activity
        )
        let rules = VerdictRules(project, at: Int64(identity.startedAt / 1_000_000_000))
        let findings = FindingNotes(rules.annotations, plan: project.plan)
            .applied(to: [any FindingDetector].standard.findings(in: compared))
        return ReportAssembly(
            project: project,
            identity: identity,
            compared: compared,
            findings: findings,
            culprits: CulpritRanking.rank(findings, in: compared),
            resources: measurement,
            warnings: warnings
        ).report()
    }
}
