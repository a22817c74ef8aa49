import Collectors
import Correlation
import Plans
import Telemetry

/// Everything that was lost, cut or ignored on the way, one sentence each: nothing is dropped without being shown.
struct RunWarnings {
    let project: Project
    let load: LoadResult
    let run: CorrelatedRun
    let intake: TelemetryIntake

    var lines: [String] { project.warnings.map(\.description) + spanLosses + receiverLosses + metricLosses }

    private var spanLosses: [String] {
        var lines: [String] = []
        let dropped = load.tests.reduce(0) { $0 + $1.droppedSamples }
        if dropped > 0 { lines.append("\(dropped) request samples exceeded the sample limit and are not joined") }
        if run.completeness.spans == 0 && run.completeness.sampled > 0 {
            lines.append(
                "no span arrived: point the target's OpenTelemetry exporter at Plimsoll "
                    + "(OTEL_EXPORTER_OTLP_ENDPOINT, http/protobuf); without spans there is no culprit"
            )
        }
        if run.completeness.evictedSpans > 0 {
            lines.append(
                "\(run.completeness.evictedSpans) spans found no room in the trace store; raise limits.traceStoreMiB"
            )
        }
        let overflow = intake.vocabulary.overflowed
        if overflow.strings + overflow.operations > 0 {
            lines.append(
                "\(overflow.strings) names and \(overflow.operations) operations beyond the limit were folded together"
            )
        }
        return lines
    }

    private var receiverLosses: [String] {
        let counters = intake.counters.snapshot
        var lines: [String] = []
        if counters.refusedRequests > 0 {
            let reasons = counters.refused.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
                .map { "\($0.key.rawValue) \($0.value)" }
            lines.append(
                "the OTLP receiver refused \(counters.refusedRequests) requests: \(reasons.joined(separator: ", "))"
            )
        }
        if counters.rejectedSpans > 0 { lines.append("\(counters.rejectedSpans) spans were invalid and rejected") }
        if counters.rejectedPoints > 0 {
            lines.append("\(counters.rejectedPoints) data points were invalid and rejected")
        }
        return lines
    }

    private var metricLosses: [String] {
        var lines: [String] = []
        let scrapes = intake.scrapes.snapshot
        if scrapes.failures > 0 {
            let last = scrapes.lastFailure.map { ", last \($0)" } ?? ""
            lines.append("\(scrapes.failures) of \(scrapes.scrapes) scrapes failed\(last)")
        }
        if intake.series.dropped > 0 { lines.append("\(intake.series.dropped) metric points found no room") }
        return lines
    }
}
