import Plans
import Testing

@testable import Analysis

/// "Most specific match wins (endpoint > test type > edition > module), field by field" (`spec/contract.md` section 1).
struct ResolvedLimitsTests {
    private let definition = TestDefinition(
        type: .load,
        name: "checkout",
        method: "POST",
        path: "/checkout",
        rate: .constant(10, for: .seconds(10)),
        duration: .seconds(10)
    )
    private let plan = TestPlan(
        lineageID: "t",
        moduleID: "Shop",
        editionID: "standard",
        target: TargetPlan(baseURL: "http://127.0.0.1:1"),
        tests: []
    )

    private func rule(
        _ p95: Double?,
        p99: Double? = nil,
        line: Int,
        _ select: (inout ThresholdRule) -> Void = { _ in }
    ) -> ThresholdRule {
        var limits = Limits()
        limits.p95Milliseconds = p95
        limits.p99Milliseconds = p99
        var rule = ThresholdRule(limits: limits, source: "perf-thresholds.yaml:\(line)")
        select(&rule)
        return rule
    }

    private func resolved(_ rules: [ThresholdRule]) -> ResolvedLimits {
        var all = VerdictRules()
        all.thresholds = rules
        return ResolvedLimits(definition: definition, plan: plan, rules: all, comparison: nil)
    }

    @Test func `without rules the default policy holds, and says so`() {
        let limits = resolved([])
        #expect(limits.p95 == .init(value: 800, source: "default policy"))
        #expect(limits.errorRate == .init(value: 0.01, source: "default policy"))
        #expect(limits.minimumRate == nil)
    }

    @Test func `each step down the ladder wins over all above it together`() {
        var rules = [rule(1, line: 1) { $0.selector.moduleID = "Shop" }]
        #expect(resolved(rules).p95.value == 1)
        rules.insert(rule(2, line: 2) { $0.selector.editionID = "standard" }, at: 0)
        #expect(resolved(rules).p95.value == 2)
        rules.insert(rule(3, line: 3) { $0.selector.testType = .load }, at: 0)
        #expect(resolved(rules).p95.value == 3)
        rules.insert(rule(4, line: 4) { $0.selector.endpoint = "POST /checkout" }, at: 0)
        #expect(resolved(rules).p95.value == 4)
        #expect(resolved(rules).p95.source == "perf-thresholds.yaml:4")
    }

    @Test func `fields come from different rules, and of equal ones the later`() {
        let limits = resolved([
            rule(1, p99: 9, line: 1), rule(2, line: 2), rule(nil, line: 3) { $0.selector.endpoint = "checkout" },
        ])
        #expect(limits.p95 == .init(value: 2, source: "perf-thresholds.yaml:2"))
        #expect(limits.p99 == .init(value: 9, source: "perf-thresholds.yaml:1"))
    }

    @Test func `rules of others do not apply`() {
        let limits = resolved([
            rule(1, line: 1) { $0.selector.moduleID = "Other" }, rule(1, line: 2) { $0.selector.editionID = "premium" },
            rule(1, line: 3) { $0.selector.testType = .soak },
            rule(1, line: 4) { $0.selector.endpoint = "GET /checkout" },
        ])
        #expect(limits.p95.source == "default policy")
    }
}
