import OTLP
import Telemetry

/// Takes decoded bodies, whatever transport brought them: decode, hand to the sink, count.
///
/// Called concurrently from any task.
struct ExportService: Sendable {
    /// What was not kept of an export that was taken; both empty when everything was.
    struct Outcome: Sendable, Hashable {
        var signal = Signal.traces
        var rejected = 0
        var reason = ""
    }

    let destination: ExportDestination
    let counters: ReceiverCounters

    /// Reads one export request; an empty body is a valid, empty request.
    func export(
        _ body: UnsafeRawBufferPointer,
        _ signal: Signal,
        _ encoding: OTLPEncoding
    ) throws(Refusal) -> Outcome {
        let (decoder, sink) = destination.current()
        let export: DecodedExport
        do {
            export = try decoder.decode(body, signal, encoding)
        } catch {
            throw refusal(for: error, signal)
        }
        let received = received(export.batch, signal)
        let refused = received == 0 ? BatchRefusal() : sink.append(export.batch)
        let dropped: Int
        switch signal {
        case .traces: dropped = refused.spans
        case .metrics: dropped = refused.points
        case .logs: dropped = refused.logs
        }
        counters.countExport(
            signal,
            accepted: received - dropped,
            rejected: export.rejected,
            dropped: dropped,
            unkept: export.unkeptLogs,
            decodedBytes: body.count
        )
        return outcome(of: export, signal, dropped: dropped)
    }

    private func received(_ batch: TelemetryBatch, _ signal: Signal) -> Int {
        switch signal {
        case .traces: batch.spans.count
        case .metrics: batch.points.count
        case .logs: batch.logs.count
        }
    }

    private func refusal(for error: WireError, _ signal: Signal) -> Refusal {
        switch error {
        case .malformed(let why):
            Refusal(reason: .malformed, message: "the body is not an OTLP export of \(signal.rawValue): \(why)")
        case .tooLarge(let why):
            Refusal(reason: .tooLarge, message: "the export is too large: \(why); send smaller batches")
        }
    }

    private func outcome(of export: DecodedExport, _ signal: Signal, dropped: Int) -> Outcome {
        var reasons: [String] = []
        if !export.reason.isEmpty { reasons.append(export.reason) }
        if dropped > 0 { reasons.append("\(dropped) \(signal.items) dropped: the store is full") }
        return Outcome(signal: signal, rejected: export.rejected + dropped, reason: reasons.joined(separator: "; "))
    }
}
