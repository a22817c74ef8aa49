import Plans
import Testing

/// The files beside the plan, read into the models.
struct LimitsTests {
    @Test func `reads limits of one edition`() throws {
        let rules = try project("thresholds-flat").thresholds
        var limits = Limits()
        limits.p95Milliseconds = 500
        limits.p99Milliseconds = 750
        limits.minimumRate = 80
        limits.maximumErrorRate = 0.01
        limits.maximumCPUPercent = 75
        #expect(
            rules == [
                ThresholdRule(
                    selector: RuleSelector(moduleID: "CheckoutService", editionID: "vetclinic"),
                    limits: limits,
                    source: "perf-thresholds.yaml:4"
                )
            ]
        )
    }

    @Test func `defaults narrow what the limits apply to`() throws {
        let rule = try #require(try project("thresholds-defaults").thresholds.first)
        #expect(rule.selector.testType == .load)
        #expect(rule.limits.p50Milliseconds == 300)
        #expect(rule.limits.maximumMemoryMiB == 768)
    }

    @Test func `reads a list of limits with a selector each`() throws {
        let rules = try project("thresholds-list").thresholds
        #expect(rules.map(\.selector.editionID) == ["vetclinic", "vetclinic-premium", "multitenant-lite"])
        #expect(rules.map(\.selector.moduleID) == Array(repeating: "NotificationService", count: 3))
        #expect(rules.map(\.limits.p95Milliseconds) == [500, 650, 400])
        #expect(rules.map(\.limits.minimumRate) == [80, 120, 60])
        #expect(rules[2].selector.testType == .spike && rules[2].selector.endpoint == "/notify")
        #expect(rules[2].limits.maximumMemoryMiB == 1024)
        #expect(Set(rules.map(\.source)).count == 3)
    }

    @Test func `weights that are not given are none`() throws {
        let rule = try #require(try project("weights-one").weights.first)
        var weights = ScoreWeights()
        weights.latency = 0.5
        weights.throughput = 0.3
        weights.errors = 0.2
        weights.resources = 0
        weights.baselineDelta = 0
        let selector = RuleSelector(moduleID: "CheckoutService")
        #expect(rule == WeightRule(selector: selector, weights: weights, source: "customWeighting.yaml:2"))
    }

    @Test func `weights may be told apart by edition and test type`() throws {
        let rules = try project("weights-list").weights
        #expect(rules.map(\.selector.editionID) == ["multitenant-lite", nil])
        #expect(rules.map(\.selector.testType) == [nil, .soak])
        #expect(rules[0].weights.resources == 0.6)
        #expect(rules[1].weights == ScoreWeights())
    }

    @Test func `reads where telemetry comes from`() throws {
        let targets = [
            ScrapeTarget(service: "checkout", url: "http://127.0.0.1:9100/metrics?name=x"),
            ScrapeTarget(service: "stock", url: "http://127.0.0.1:9101/metrics"),
        ]
        var expected = ObservabilityConfiguration(
            otlpHTTPPort: 14_318,
            scrapeTargets: targets,
            scrapeInterval: .milliseconds(500),
            drainTimeout: .seconds(10),
            exportEndpoint: "http://127.0.0.1:4318",
            traceStoreBytes: 64 << 20
        )
        expected.prometheusServer = PrometheusServerPlan(url: "http://127.0.0.1:9090", labels: ["job": "checkout"])
        expected.remoteWritePort = 9201
        expected.metricOverrides = [
            MetricOverride(
                field: .cpuUsagePct,
                metric: "my_cpu_seconds_total",
                use: .rate,
                scale: 100,
                labels: ["service": "checkout"]
            ),
            MetricOverride(field: .queueDepth, metric: "orders_waiting"),
            MetricOverride(field: .queueDepth, metric: "payments_waiting"),
        ]
        #expect(try project("observability").observability == expected)
    }

    @Test func `the service's own description stands behind the plan`() throws {
        let plan = "tests: [{ type: soak, endpoint: /a, rps: 1, duration: 1s }]"
        let service = try PlanFixture.named("valid/service-metadata").text
        let project = try TemporaryProject(["test-suite.plan.yaml": plan, "service.metadata.yaml": service]).load()
        #expect(project.plan.moduleID == "CheckoutService")
        #expect(project.plan.target.baseURL == "http://127.0.0.1:9000/api")
        #expect(project.plan.target.startCommand == "./run-server.sh")
        #expect(project.plan.target.healthCheck.path == "/healthz")
        #expect(project.service.memoryQuotaMiB == 512)
    }

    private func project(_ fixture: String) throws -> Project {
        let fixture = try PlanFixture.named("valid/" + fixture)
        let name = PlanFixture(name: String(fixture.name.dropFirst(6)), text: "").fileName
        return try TemporaryProject(["test-suite.plan.yaml": TemporaryProject.simplePlan, name: fixture.text]).load()
    }
}
