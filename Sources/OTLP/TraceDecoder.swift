package import Telemetry

/// The protobuf bytes of an OTLP `ExportTraceServiceRequest` → normalised spans.
///
/// Safe to call from any thread at once; copies share their count of what was seen. A bad span is one rejected span;
/// only a body that is no such message, or is over `DecodingLimits`, throws.
package struct TraceDecoder: Sendable {
    private let context: DecodingContext

    package init(vocabulary: Vocabulary, limits: DecodingLimits = DecodingLimits()) {
        context = DecodingContext(vocabulary: vocabulary, limits: limits)
    }

    /// Names and values that became `_overflow` because their group had too many, each time it happened in a request.
    package var overflowed: Int { context.limiter.refused }

    package func decode(_ body: [UInt8]) throws(OTLPDecodingError) -> DecodedTraces {
        // `withUnsafeBytes` rethrows untyped, so the typed error travels as a result.
        let result: Result<DecodedTraces, OTLPDecodingError> = body.withUnsafeBytes { bytes in
            do throws(OTLPDecodingError) { return .success(try decode(bytes)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    package func decode(_ body: UnsafeRawBufferPointer) throws(OTLPDecodingError) -> DecodedTraces {
        let limits = context.limits
        guard body.count <= limits.bodyBytes else {
            throw .tooLarge("the body has \(body.count) bytes, more than \(limits.bodyBytes)")
        }
        let request = try RequestWalk(body, limits: limits)
        return try context.withSession { session throws(OTLPDecodingError) in
            session.arena.reset(budget: limits.arenaBudget(forBody: body.count))
            var batch = TelemetryBatch()
            // Eight attributes a span is what instrumentation libraries send.
            batch.spans.reserve(rows: request.count, attributes: 8 * request.count)
            var tally = RejectionTally()
            var resources = request.resources
            while let resource = try resources.next() {
                let context = try session.resources.resource(resource.parts, arena: session.arena)
                var messages = resource.items
                while let message = try messages.next() {
                    session.spans.add(message, resource: context, to: &batch, tally: &tally, arena: session.arena)
                }
            }
            return DecodedTraces(
                batch: batch,
                rejectedSpans: tally.total,
                rejectionReason: tally.message(limits: limits)
            )
        }
    }
}
