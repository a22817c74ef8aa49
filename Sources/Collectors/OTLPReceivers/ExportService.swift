import OTLP
import Telemetry

/// Takes decoded bodies, whatever transport brought them: decode, hand to the sink, count.
///
/// Called concurrently from any task.
struct ExportService: Sendable {
    /// What was not kept of an export that was taken; both empty when everything was.
    struct Outcome: Sendable, Hashable {
        var rejectedSpans = 0
        var reason = ""
    }

    let decoder: TraceDecoder
    let sink: any TelemetrySink
    let counters: ReceiverCounters

    /// Reads one `ExportTraceServiceRequest`; an empty body is a valid, empty request.
    func exportTraces(_ body: [UInt8]) throws(Refusal) -> Outcome {
        guard !body.isEmpty else {
            counters.countExport(accepted: 0, rejected: 0, dropped: 0, decodedBytes: 0)
            return Outcome()
        }
        let traces: DecodedTraces
        do {
            traces = try decoder.decode(body)
        } catch {
            throw refusal(for: error)
        }
        let received = traces.batch.spans.count
        let dropped = received == 0 ? 0 : sink.append(traces.batch)
        counters.countExport(
            accepted: received - dropped,
            rejected: traces.rejectedSpans,
            dropped: dropped,
            decodedBytes: body.count
        )
        return outcome(of: traces, dropped: dropped)
    }

    private func refusal(for error: OTLPDecodingError) -> Refusal {
        switch error {
        case .malformed(let why):
            Refusal(reason: .malformed, message: "the body is not an OTLP trace export: \(why)")
        case .tooLarge(let why):
            Refusal(reason: .tooLarge, message: "the trace export is too large: \(why); send smaller batches")
        }
    }

    private func outcome(of traces: DecodedTraces, dropped: Int) -> Outcome {
        var reasons: [String] = []
        if traces.rejectedSpans > 0 { reasons.append(traces.rejectionReason) }
        if dropped > 0 { reasons.append("\(dropped) spans dropped: the trace store is full") }
        return Outcome(rejectedSpans: traces.rejectedSpans + dropped, reason: reasons.joined(separator: "; "))
    }
}
