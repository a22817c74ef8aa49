package import Plans
import Statistics

/// The limits of one test, each with where it comes from, resolved field by field (`spec/contract.md` section 1).
///
/// Sources in order: people's notes, then the most specific rule of `perf-thresholds.yaml` that sets the field (endpoint > test type >
/// edition > module; of equally specific rules the later), then the baseline's p95 plus the allowed change, then that of
/// `perf-baseline.memory.json`, then the default policy.
package struct ResolvedLimits {
    struct Limit: Hashable {
        var value: Double
        var source: String
        /// Whether it was derived from the baseline rather than set by a person.
        var isFromBaseline = false
    }

    var p50: Limit?
    var p95: Limit
    var p99: Limit?
    var minimumRate: Limit?
    var errorRate: Limit
    var cpuPercent: Limit?
    var memoryMiB: Limit?
    /// Of `perf-baseline.memory.json`, where there is no other baseline.
    private(set) var recorded: RecordedBaseline?
    /// What people's notes changed, a sentence each.
    private(set) var relaxed: [String] = []

    /// The default policy (`spec/contract.md` section 1), for what neither a person nor a baseline limits.
    static let defaultP95Milliseconds = 800.0
    static let defaultErrorRate = 0.01

    /// Change of the baseline's p95 that is allowed: a share, and at least so many milliseconds.
    static let allowedShare = 0.20
    static let allowedMilliseconds = 1.0

    init(
        definition: TestDefinition,
        plan: TestPlan,
        rules: VerdictRules,
        comparison: EndpointComparison?
    ) {
        let notes = AppliedAnnotations(rules.annotations, to: definition, in: plan)
        let written = rules.thresholds.applying(to: definition, in: plan)
        let recorded = comparison == nil ? rules.recordedBaselines.applying(to: definition, in: plan).first : nil
        self.init(notes.limits + written, comparison, recorded)
        let before = ResolvedLimits(written, comparison, recorded)
        for (name, limit) in named {
            guard let limit, notes.limits.contains(where: { $0.source == limit.source }) else { continue }
            let old = before.named.first { $0.name == name }?.limit
            relaxed.append(
                "limit of \(name): \(Wording.number(limit.value)) instead of "
                    + "\(old.map { "\(Wording.number($0.value)) (\($0.source))" } ?? "none") (\(limit.source))"
            )
        }
    }

    /// Most specific first.
    private init(_ matching: [ThresholdRule], _ comparison: EndpointComparison?, _ recorded: RecordedBaseline? = nil) {
        func limit(_ field: KeyPath<Limits, Double?>) -> Limit? {
            for rule in matching {
                if let value = rule.limits[keyPath: field] { return Limit(value: value, source: rule.source) }
            }
            return nil
        }
        self.recorded = recorded
        p50 = limit(\.p50Milliseconds)
        p95 =
            limit(\.p95Milliseconds) ?? ResolvedLimits.baselineP95(comparison) ?? ResolvedLimits.recordedP95(recorded)
            ?? Limit(value: ResolvedLimits.defaultP95Milliseconds, source: "default policy")
        p99 = limit(\.p99Milliseconds)
        minimumRate = limit(\.minimumRate)
        errorRate =
            limit(\.maximumErrorRate) ?? Limit(value: ResolvedLimits.defaultErrorRate, source: "default policy")
        cpuPercent = limit(\.maximumCPUPercent)
        memoryMiB = limit(\.maximumMemoryMiB)
    }

    /// By the names that outcomes use.
    private var named: [(name: String, limit: Limit?)] {
        [
            ("latency.p50", p50), ("latency.p95", p95), ("latency.p99", p99), ("rps", minimumRate),
            ("errorRate", errorRate), ("cpu", cpuPercent), ("memory", memoryMiB),
        ]
    }

    /// Every limit that is set, in a fixed order: what a person sees before a run.
    package static func list(
        for definition: TestDefinition,
        in plan: TestPlan,
        rules: VerdictRules
    ) -> [(name: String, value: Double, source: String)] {
        ResolvedLimits(definition: definition, plan: plan, rules: rules, comparison: nil).named
            .compactMap { name, limit in limit.map { (name, $0.value, $0.source) } }
    }

    /// What people and the default policy limit of a test, as a search for its load line sees it.
    package static func objectives(
        of definition: TestDefinition,
        in plan: TestPlan,
        thresholds: [ThresholdRule]
    ) -> [LoadObjective] {
        var rules = VerdictRules()
        rules.thresholds = thresholds
        let limits = ResolvedLimits(definition: definition, plan: plan, rules: rules, comparison: nil)
        let quantiles = [(0.5, limits.p50), (0.95, limits.p95), (0.99, limits.p99)]
        return quantiles.compactMap { quantile, limit in
            limit.map { .latency(quantile: quantile, limit: .nanoseconds(Int64($0.value * 1e6))) }
        } + [.errorRate(limits.errorRate.value)]
    }

    private static func baselineP95(_ comparison: EndpointComparison?) -> Limit? {
        // Untested means not comparable, and then the baseline's p95 says nothing about this run.
        guard let before = comparison?.p95.before, before > 0, comparison?.p95.p != nil else { return nil }
        return Limit(
            value: before + max(allowedShare * before, allowedMilliseconds),
            source: "baseline p95 \(Wording.milliseconds(before)) + \(Wording.percent(allowedShare))",
            isFromBaseline: true
        )
    }

    /// Set by a person's file rather than measured by us: it counts as it stands.
    private static func recordedP95(_ recorded: RecordedBaseline?) -> Limit? {
        recorded.map { recorded in
            Limit(
                value: recorded.p95Milliseconds + max(allowedShare * recorded.p95Milliseconds, allowedMilliseconds),
                source: "p95 \(Wording.milliseconds(recorded.p95Milliseconds)) of \(recorded.source) "
                    + "+ \(Wording.percent(allowedShare))"
            )
        }
    }
}
