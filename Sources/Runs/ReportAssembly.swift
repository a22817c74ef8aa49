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

    func report() -> RunReport {
        let tests = zip(compared.run.tests, compared.comparisons).map(testReport)
        let statuses = tests.map(\.verdict.status)
        var report = RunReport(
            run: identity,
            tests: tests,
            findings: findings,
            culprits: culprits,
            status: statuses.max { $0.rank < $1.rank } ?? .invalid,
            score: tests.map(\.verdict.score.value).min() ?? 0,
            exitCode: Gate.exitCode(for: statuses, interrupted: identity.wasInterrupted),
            completeness: compared.run.completeness,
            services: compared.run.services,
            warnings: warnings
        )
        let series = MetricTimeline.thinned(compared.resources)
        report.metrics = series.isEmpty ? nil : series
        return report
    }

    private func testReport(of test: CorrelatedTest, comparison: EndpointComparison?) -> TestReport {
        let definition = project.plan.tests[test.load.test]
        let usage = resources.usage(from: test.load.measuredFrom, to: test.load.endedAt)
        let verdict = Scorer().verdict(
            for: test,
            definition: definition,
            plan: project.plan,
            thresholds: project.thresholds,
            weights: project.weights,
            comparison: comparison,
            resources: usage,
            findings: findings.filter { $0.endpoint == test.name }
        )
        var report = TestReport(
            name: test.name,
            testType: definition.type,
            verdict: verdict,
            load: LoadSummary(test.load, exemplarTraceIDs: exemplars(of: test)),
            resources: usage,
            completeness: test.completeness,
            profile: test.profile,
            comparison: comparison
        )
        report.exemplar = culpritTrace(of: test)
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

    // The slowest requests that have a complete trace: what a person opens first.
    private func exemplars(of test: CorrelatedTest) -> [TraceID] {
        let complete = test.traces.filter { $0.state == .complete }
        let slowest = complete.sorted { left, right in
            let (a, b) = (test.load.samples[left.sample], test.load.samples[right.sample])
            return (a.latencyNanoseconds, b.number) > (b.latencyNanoseconds, a.number)
        }
        return slowest.prefix(5).map(\.traceID)
    }
}
