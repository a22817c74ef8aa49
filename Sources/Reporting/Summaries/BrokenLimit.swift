import Analysis
import Statistics

/// A limit that was missed, with what a person needs to argue about it: number, interval, limit and source.
struct BrokenLimit {
    /// The test's name in the plan.
    var test: String
    /// As people say it: `p95`, `throughput`, `error rate`.
    var title: String
    var measured: String
    /// 95 % interval of what was measured; `nil` where none is known.
    var interval: String?
    var limit: String
    /// Where the limit stands, such as `perf-thresholds.yaml:5`.
    var source: String
    /// Whether the limit is a floor.
    var isMinimum: Bool

    /// Worst first, over all tests.
    static func all(in report: RunReport) -> [BrokenLimit] {
        report.tests
            .flatMap { test in test.verdict.limits.filter { !$0.isMet }.map { (outcome: $0, test: test) } }
            .enumerated()
            .sorted { ($1.element.outcome.excess, $0.offset) < ($0.element.outcome.excess, $1.offset) }
            .map { BrokenLimit($0.element.outcome, of: $0.element.test) }
    }

    init(_ outcome: LimitOutcome, of test: TestReport) {
        self.test = test.name
        title = BrokenLimit.title(of: outcome.name)
        measured = Quantity.limit(outcome.measured, unit: outcome.unit)
        interval = BrokenLimit.interval(of: outcome, in: test.load)
        limit = Quantity.limit(outcome.limit, unit: outcome.unit)
        source = outcome.source
        isMinimum = BrokenLimit.isMinimum(outcome.name)
    }

    /// `p95 120 ms (95 % interval 116 – 128 ms), limit 90.0 ms from perf-thresholds.yaml:5`.
    var sentence: String {
        let range = interval.map { " (95 % interval \($0))" } ?? ""
        return "\(title) \(measured)\(range), \(isMinimum ? "at least" : "limit") \(limit) from \(source)"
    }

    static func isMinimum(_ name: String) -> Bool { name == "rps" }

    static func title(of name: String) -> String {
        switch name {
        case "rps": "throughput"
        case "errorRate": "error rate"
        case "cpu": "CPU"
        default: name.hasPrefix("latency.") ? String(name.dropFirst("latency.".count)) : name
        }
    }

    /// How precisely the quantity of a limit is known: quantiles from their order statistics, shares after Wilson.
    static func interval(of outcome: LimitOutcome, in load: LoadSummary) -> String? {
        if outcome.name == "errorRate", load.scheduled > 0 {
            let failed = min(load.scheduled, UInt64(clamping: Quantity.whole(load.errorRate * Double(load.scheduled))))
            let range = ProportionInterval(failed, of: load.scheduled)
            return "\(Quantity.percent(range.low)) – \(Quantity.percent(range.high))"
        }
        guard outcome.name.hasPrefix("latency.p"), let digits = Double(outcome.name.dropFirst("latency.p".count)),
            let estimate = QuantileEstimate(digits / 100, of: load.latency)
        else { return nil }
        let ends = [estimate.low, estimate.high].map { $0.map { Quantity.milliseconds($0) } ?? "?" }
        return ends[0] == ends[1] ? nil : "\(ends[0]) – \(ends[1])"
    }
}
