package import Telemetry

/// The protobuf bytes of an OTLP `ExportTraceServiceRequest` → normalised spans.
///
/// Safe to call from any thread at once; copies share their count of what was seen. A bad span is one rejected span;
/// only a body that is no such message, or is over `DecodingLimits`, throws.
package struct TraceDecoder: Sendable {
    private let vocabulary: Vocabulary
    private let limits: DecodingLimits
    private let limiter = CardinalityLimiter()

    package init(vocabulary: Vocabulary, limits: DecodingLimits = DecodingLimits()) {
        self.vocabulary = vocabulary
        self.limits = limits
    }

    /// Names and values that became `_overflow` because their group had too many, each time it happened in a request.
    package var overflowed: Int { limiter.refused }

    package func decode(_ body: [UInt8]) throws(OTLPDecodingError) -> DecodedTraces {
        // `withUnsafeBytes` rethrows untyped, so the typed error travels as a result.
        let result: Result<DecodedTraces, OTLPDecodingError> = body.withUnsafeBytes { bytes in
            do throws(OTLPDecodingError) { return .success(try decode(bytes)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    package func decode(_ body: UnsafeRawBufferPointer) throws(OTLPDecodingError) -> DecodedTraces {
        guard body.count <= limits.bodyBytes else {
            throw .tooLarge("the body has \(body.count) bytes, more than \(limits.bodyBytes)")
        }
        let request = try RequestWalk(body, limits: limits)
        guard let arena = DecodingArena(budget: limits.arenaBudget(forBody: body.count)) else {
            throw .tooLarge("no memory to decode the request")
        }
        var assembler = SpanAssembler(arena: arena, vocabulary: vocabulary, limiter: limiter, limits: limits)
        var resources = request.resources
        while let resource = try resources.next() {
            try assembler.begin(resource: resource.parts)
            var messages = resource.spans
            while let message = try messages.next() { assembler.add(message) }
        }
        var batch = TelemetryBatch()
        batch.spans = assembler.spans
        return DecodedTraces(
            batch: batch,
            rejectedSpans: assembler.tally.total,
            rejectionReason: assembler.tally.message(limits: limits)
        )
    }
}
