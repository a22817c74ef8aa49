import Analysis
import Correlation
import Statistics
import Telemetry

/// The numbers of one test as JSON, under the contract's names.
enum TestMetrics {
    /// The keys that the seeds put at the top level of the file.
    static func flat(_ test: TestReport) -> DocumentValue {
        [
            "endpoint": .string(test.name),
            "testType": .string(test.testTypeName),
            "rps": .number(test.load.achievedRate),
            "latency": latency(test.load.latency),
            "errorRate": errorRate(test),
            "cpuUsagePct": .of(test.resources.cpuAveragePercent),
            "memoryUsageMb": .of(test.resources.memoryPeakMiB),
            "baselineComparison": comparison(test),
            "editionDeviation": EditionDeviationText.value(test.editionDeviation),
        ]
    }

    static func full(_ test: TestReport) -> DocumentValue {
        let tags = test.tags.map { [DocumentMember("tags", .of($0))] } ?? []
        let special = TestCharacteristic.fields(test.load) + TestExpectations.fields(test.load) + tags
        return .joined([common(test), GateFields.test(test.verdict), .object(special)])
    }

    private static func common(_ test: TestReport) -> DocumentValue {
        let load = test.load
        return [
            "endpoint": .string(test.name),
            "testType": .string(test.testTypeName),
            "performanceScore": .number(test.verdict.score.value),
            "scoreComponents": scoreComponents(test.verdict.score),
            "status": .string(test.verdict.status.rawValue),
            "regressed": .bool(test.verdict.isRegressed),
            "reasons": .of(test.verdict.reasons),
            "startedAt": .string(Timestamp.rfc3339(load.startedAt)),
            "measuredFrom": .string(Timestamp.rfc3339(load.measuredFrom)),
            "endedAt": .string(Timestamp.rfc3339(load.endedAt)),
            "rps": .number(load.achievedRate),
            "rpsTarget": .number(load.targetRate),
            "latency": latency(load.latency),
            "latencyPrecision": precision(load.latency),
            "serviceTime": latency(load.serviceTime),
            "scheduleLag": latency(load.scheduleLag),
            "phases": phases(load.phases),
            "errorRate": errorRate(test),
            "requests": requests(load),
            "errors": errors(load),
            "statusCodes": .object(
                load.statusCodes.sorted { $0.key < $1.key }.map { DocumentMember(String($0.key), .of($0.value)) }
            ),
            "bytesSent": .of(load.bytesSent),
            "bytesReceived": .of(load.bytesReceived),
            "connectionsOpened": .of(load.connectionsOpened),
            "cpuUsagePct": .of(test.resources.cpuAveragePercent),
            "cpuPeakPct": .of(test.resources.cpuPeakPercent),
            "memoryUsageMb": .of(test.resources.memoryPeakMiB),
            "memoryQuotaMb": .of(test.resources.memoryQuotaMiB),
            "gcActivityCount": .of(test.resources.collections),
            "threads": .of(test.resources.threadsPeak),
            "queueDepth": .of(test.resources.queueDepthPeak),
            "limits": .array(test.verdict.limits.map { limit($0) }),
            "baselineComparison": comparison(test),
            "generator": [
                "threadCpu": .array(load.threadCPU.map { .number($0) }),
                "meanInFlight": meanInFlight(load),
                "invalidReasons": .of(load.invalidReasons),
            ],
            "traceCoverage": .of(test.completeness.coverage),
            "exemplarTraceIds": .of(load.exemplarTraceIDs.map(\.hex)),
        ]
    }

    /// As counted, and by Little's law from the requests' own times.
    private static func meanInFlight(_ load: LoadSummary) -> DocumentValue {
        guard let means = load.concurrency?.means(over: load.endedAt - min(load.endedAt, load.startedAt)) else {
            return .null
        }
        return ["counted": .number(means.counted), "rateTimesServiceTime": .number(means.stamped)]
    }

    /// Milliseconds; `null` throughout where nothing was measured, since a zero would read as very fast.
    static func latency(_ histogram: LatencyHistogram) -> DocumentValue {
        func quantile(_ p: Double) -> DocumentValue { .of(QuantileEstimate(p, of: histogram)?.value) }
        return [
            "p50": quantile(0.5),
            "p90": quantile(0.9),
            "p95": quantile(0.95),
            "p99": quantile(0.99),
            "p999": quantile(0.999),
            "max": histogram.isEmpty ? .null : .number(Double(histogram.maximum) / 1e6),
            "mean": histogram.isEmpty ? .null : .number(histogram.mean / 1e6),
        ]
    }

    /// Sample count, 95 % intervals in milliseconds, and the quantiles with too few samples beyond them to be trusted.
    static func precision(_ histogram: LatencyHistogram) -> DocumentValue {
        let named = [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)]
        let estimates = named.compactMap { name, p in QuantileEstimate(p, of: histogram).map { (name, $0) } }
        return [
            "samples": .of(histogram.count),
            "intervals": .object(
                estimates.map { name, estimate in
                    DocumentMember(name, .array([.of(estimate.low), .of(estimate.high)]))
                }
            ),
            "unreliable": .of(
                (named + [("p999", 0.999)]).filter { QuantileEstimate($0.1, of: histogram)?.isReliable == false }
                    .map(\.0)
            ),
        ]
    }

    static func comparison(_ test: TestReport) -> DocumentValue {
        guard let comparison = test.comparison else { return .null }
        let change = comparison.p95
        return [
            "baselineRuns": .of(comparison.baselineRunIDs),
            "p95LatencyBaseline": .number(change.before),
            "p95Current": .number(change.after),
            "deltaLatencyP95": .of(Quantity.compactChange(change.ratio)),
            "ratioInterval": .array([.of(change.ratioLow), .of(change.ratioHigh)]),
            "q": .of(change.q),
            "confidence": .number(change.confidence),
            "decision": .string(change.decision.rawValue),
            "regressed": .bool(test.verdict.isRegressed),
            "status": .string(test.verdict.status.rawValue),
            "meanBaseline": .number(comparison.mean.before),
            "meanCurrent": .number(comparison.mean.after),
            "errorRateBaseline": .number(comparison.baselineErrorRate),
            "performanceScoreBaseline": .number(comparison.baselineScore),
            "statusBaseline": .string(comparison.baselineStatus),
            "notComparable": .of(comparison.notComparable),
        ]
    }

    /// The seeds' names of the score's components.
    static func componentName(_ name: ScoreComponent.Name) -> String {
        switch name {
        case .latency: "latencyScore"
        case .throughput: "throughputScore"
        case .errors: "errorRateScore"
        case .resources: "resourceUtilizationScore"
        case .baselineDelta: "baselineDeltaScore"
        }
    }

    static func limit(_ limit: LimitOutcome) -> DocumentValue {
        [
            "name": .string(limit.name),
            "unit": .string(limit.unit),
            "limit": .number(limit.limit),
            "measured": .number(limit.measured),
            "met": .bool(limit.isMet),
            "excess": .number(limit.excess),
            "source": .string(limit.source),
        ]
    }

    private static func scoreComponents(_ score: Score) -> DocumentValue {
        .object(score.components.map { DocumentMember(componentName($0.name), .of($0.value)) })
    }

    // Without a single arrival there is no rate of errors, only an absence of data.
    private static func errorRate(_ test: TestReport) -> DocumentValue {
        test.load.scheduled == 0 ? .null : .number(test.load.errorRate)
    }

    static func requests(_ load: LoadSummary) -> DocumentValue {
        let dropped = RequestOutcome.allCases.filter(\.wasDropped).reduce(0) { $0 + (load.outcomes[$1.name] ?? 0) }
        return [
            "scheduled": .of(load.scheduled),
            "completed": .of(load.outcomes[RequestOutcome.completed.name] ?? 0),
            "dropped": .of(dropped),
            "aborted": .of(load.outcomes[RequestOutcome.aborted.name] ?? 0),
        ]
    }

    static func errors(_ load: LoadSummary) -> DocumentValue {
        .object(
            RequestOutcome.allCases.compactMap { outcome in
                guard outcome != .completed, outcome != .aborted, let count = load.outcomes[outcome.name] else {
                    return nil
                }
                return DocumentMember(outcome.name, .of(count))
            }
        )
    }

    static func phases(_ phases: PhaseTimes) -> DocumentValue {
        func phase(_ histogram: LatencyHistogram) -> DocumentValue {
            [
                "p50": .of(QuantileEstimate(0.5, of: histogram)?.value),
                "p95": .of(QuantileEstimate(0.95, of: histogram)?.value),
                "count": .of(histogram.count),
            ]
        }
        return [
            "dns": phase(phases.dns), "connect": phase(phases.connect), "tls": phase(phases.tls),
            "wait": phase(phases.wait), "receive": phase(phases.receive),
        ]
    }
}
