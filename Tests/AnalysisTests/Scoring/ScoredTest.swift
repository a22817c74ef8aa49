import Correlation
import Plans
import Statistics
import Telemetry

@testable import Analysis

/// One measured test and the rules for it, of which only what a test is about is set.
struct ScoredTest {
    /// Every answer took so long.
    var latencyMilliseconds: UInt64 = 18
    var comparison: EndpointComparison?
    var rules = VerdictRules()
    var resources = ResourceUsage()
    /// As if they had been found in this test, whose name they take.
    var findings: [Finding] = []
    var definition = TestDefinition(
        type: .load,
        name: "GET /",
        path: "/",
        rate: .constant(50, for: .seconds(10)),
        duration: .seconds(10)
    )

    var verdict: Verdict {
        var latency = LatencyHistogram(subBucketBits: 10)
        for _ in 0..<100 { latency.record(latencyMilliseconds * 1_000_000) }
        var noise = Noise(seed: 1)
        var test = SimulatedRuns.test(.shop(), &noise)
        test.load.latency = latency
        let plan = TestPlan(
            lineageID: "t",
            moduleID: "Shop",
            editionID: "standard",
            target: TargetPlan(baseURL: "http://127.0.0.1:1"),
            tests: []
        )
        return Scorer().verdict(
            for: test,
            definition: definition,
            plan: plan,
            rules: rules,
            comparison: comparison,
            resources: resources,
            findings: findings.map { finding in
                var own = finding
                own.endpoint = test.name
                return own
            }
        )
    }

    /// Sets limits as a line of `perf-thresholds.yaml` would.
    mutating func limit(_ change: (inout Limits) -> Void) {
        var limits = Limits()
        change(&limits)
        rules.thresholds.append(ThresholdRule(limits: limits, source: "perf-thresholds.yaml:1"))
    }

    /// Adds a note of a person.
    mutating func note(_ change: (inout Annotation) -> Void) {
        var note = Annotation(source: "studio.annotation.yaml:\(rules.annotations.count + 1)")
        change(&note)
        rules.annotations.append(note)
    }
}
