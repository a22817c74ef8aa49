import Analysis
import Telemetry

/// What the detectors say of the shop's N+1 fault.
enum SampleFindings {
    static let repeatedQuery = Finding(
        id: "F13",
        kind: "n_plus_one_query",
        fingerprint: "n_plus_one_query|POST /checkout|catalog|SELECT products",
        severity: .high,
        confidence: 0.97,
        culprit: CulpritReference(
            service: "catalog",
            operation: "SELECT products",
            attribute: SampleShop.priceQuery
        ),
        endpoint: "POST /checkout",
        sentence: "catalog runs the same query 25 times a request, one after another; it ran once in the baseline.",
        suggestion: "Fetch all products of an order in one query (WHERE id IN (…)) or join them.",
        evidence: Evidence(
            numbers: [
                "callsPerRequestCount": 25, "baselineCallsPerRequestCount": 1, "meanCallMs": 2.16,
                "addedMs": 51.8, "sequentialRatio": 1,
            ],
            typicalTraceID: SampleRun.numbering.traceID(of: 118),
            worstTraceID: SampleRun.numbering.traceID(of: 907),
            baselineTraceID: TraceID(high: 0x5151_0C3A_9D20_77E1, low: 0x82C4_11F0_93AB_6D02),
            baselineTraces: 1200,
            currentTraces: 1188,
            explainedShare: 0.96
        )
    )

    static let slowerOperation = Finding(
        id: "F02",
        kind: "slower_operation",
        fingerprint: "slower_operation|POST /checkout|catalog|SELECT products",
        severity: .medium,
        confidence: 0.99,
        culprit: CulpritReference(service: "catalog", operation: "SELECT products"),
        endpoint: "POST /checkout",
        sentence: "SELECT products takes 54.1 ms of the critical path, 2.2 ms in the baseline.",
        suggestion: "See F13: the calls are more, not slower.",
        evidence: Evidence(
            numbers: ["beforeMs": 2.2, "afterMs": 54.1, "changeRatio": 24.6],
            typicalTraceID: SampleRun.numbering.traceID(of: 118),
            worstTraceID: SampleRun.numbering.traceID(of: 907),
            baselineTraces: 1200,
            currentTraces: 1188,
            explainedShare: 0.96
        )
    )
}
