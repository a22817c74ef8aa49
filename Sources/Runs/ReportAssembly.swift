import Analysis
import Correlation
import Plans
import Telemetry

/// Puts the parts of a run together into its report: a verdict per test, the worst of them for the run.
struct ReportAssembly: Sendable {
    let project: Project
    let identity: RunIdentity
    let compared: ComparedRun
    let findings: [Finding]
    let culprits: [Culprit]
    let resources: ResourceMeasurement
    let warnings: [String]

    /// The slowest requests that have a complete trace: what a person opens first.
    private static let exemplarLimit = 5

    func report() -> RunReport {
        let tests = zip(compared.run.tests, compared.comparisons).map(testReport)
        let statuses = tests.map(\.verdict.status)
        let gate = Gate.decide(
            tests.map { ($0.name, $0.verdict) },
            options: project.plan.gate,
            interrupted: identity.wasInterrupted
        )
        let normal = NormalUse(project)
        let deviations = zip(tests, compared.run.tests).flatMap { report, test in
            normal.deviations(report, definition: project.plan.tests[test.load.test], plan: project.plan)
        }
        let counted = tests.filter { $0.verdict.scoreExclusion == nil }
        var report = RunReport(
            run: identity,
            tests: tests,
            findings: findings,
            culprits: culprits,
            status: statuses.max { $0.rank < $1.rank } ?? .invalid,
            score: (counted.isEmpty ? tests : counted).map(\.verdict.score.value).min() ?? 0,
            exitCode: gate.exitCode,
            completeness: compared.run.completeness,
            services: compared.run.services,
            warnings: warnings + rules.warnings + deviations
        )
        report.gate = gate
        let series = MetricTimeline.thinned(compared.resources)
        report.metrics = series.isEmpty ? nil : series
        return report
    }

    private var rules: VerdictRules { VerdictRules(project, at: Int64(identity.startedAt / 1_000_000_000)) }

    private func testReport(of test: CorrelatedTest, comparison: EndpointComparison?) -> TestReport {
        let definition = project.plan.tests[test.load.test]
        let usage = resources.usage(from: test.load.measuredFrom, to: test.load.endedAt)
        let verdict = Scorer().verdict(
            for: test,
            definition: definition,
            plan: project.plan,
            rules: rules,
            comparison: comparison,
            resources: usage,
            findings: findings.filter { $0.endpoint == test.name }
        )
        var report = TestReport(
            name: test.name,
            testType: definition.type,
            verdict: verdict,
            load: LoadSummary(
                test.load,
                exemplarTraceIDs: test.slowestTraces(ReportAssembly.exemplarLimit).map(\.traceID)
            ),
            resources: usage,
            completeness: test.completeness,
            profile: test.profile,
            comparison: comparison
        )
        report.exemplar = culpritTrace(of: test)
        report.tags = definition.tags.isEmpty ? nil : definition.tags
        return report
    }

    // Of the worst finding about the test; what the profile already holds is not kept twice.
    private func culpritTrace(of test: CorrelatedTest) -> ExemplarTrace? {
        let ids = findings.filter { $0.endpoint == test.name }.compactMap {
            $0.evidence.typicalTraceID ?? $0.evidence.worstTraceID
        }
        guard let id = ids.first, id != test.profile.exemplar?.traceID,
            let trace = test.traces.first(where: { $0.traceID == id })
        else { return nil }
        return ExemplarTrace(
            trace,
            of: test.load.samples[trace.sample],
            in: compared.run.spans,
            context: compared.run.context,
            vocabulary: compared.run.vocabulary
        )
    }
}
