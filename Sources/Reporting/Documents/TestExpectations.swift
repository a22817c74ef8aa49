import Analysis

/// Flow steps and failed expectations as JSON.
enum TestExpectations {
    /// Keys for `perf-metrics.json`; empty for a test that has neither.
    static func fields(_ load: LoadSummary) -> [DocumentMember] {
        var fields: [DocumentMember] = []
        if let steps = load.flowSteps { fields.append(DocumentMember("flowSteps", .array(steps.map(value)))) }
        if let reasons = load.failureReasons {
            let ranked = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            fields.append(
                DocumentMember("failureReasons", .object(ranked.map { DocumentMember($0.key, .of($0.value)) }))
            )
        }
        return fields
    }

    private static func value(_ step: FlowStepSummary) -> DocumentValue {
        [
            "name": .string(step.name),
            "scheduled": .of(step.scheduled),
            "outcomes": .object(
                step.outcomes.sorted { $0.key < $1.key }.map { DocumentMember($0.key, .of($0.value)) }
            ),
            "errorRate": step.scheduled == 0 ? .null : .number(step.errorRate),
            "latency": TestMetrics.latency(step.latency),
            "latencyPrecision": TestMetrics.precision(step.latency),
            "serviceTime": TestMetrics.latency(step.serviceTime),
            "statusCodes": .object(
                step.statusCodes.sorted { $0.key < $1.key }.map { DocumentMember(String($0.key), .of($0.value)) }
            ),
        ]
    }
}
