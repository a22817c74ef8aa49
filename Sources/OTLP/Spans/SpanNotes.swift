import COTLP
import Telemetry

/// The events and links of spans; unpacked by protobuf-c, one message at a time.
struct SpanNotes: ~Copyable {
    private let vocabulary: Vocabulary
    private let limiter: CardinalityLimiter
    private let limits: DecodingLimits

    /// The longest exception message kept.
    private static let messageBytes = 256

    init(vocabulary: Vocabulary, limiter: CardinalityLimiter, limits: DecodingLimits) {
        self.vocabulary = vocabulary
        self.limiter = limiter
        self.limits = limits
    }

    /// Adds the span's events to the batch.
    ///
    /// The result is the `exception.type` of the last exception event, empty when there is none. Most SDKs record
    /// exceptions so, though the convention is moving to logs. The bytes live until the arena is reset.
    func add(
        events: UnsafeBufferPointer<UnsafeRawBufferPointer>,
        of span: (trace: TraceID, span: SpanID),
        to batch: inout TelemetryBatch,
        arena: borrowing DecodingArena
    ) -> UnsafeRawBufferPointer {
        var last = UnsafeRawBufferPointer.empty
        for bytes in events {
            guard let message = otlp__event__unpack(arena.allocator, bytes.count, bytes.bytesAddress) else { continue }
            let isException = message.pointee.name.buffer.elementsEqual("exception".utf8)
            var event = SpanEvent(
                traceID: span.trace,
                spanID: span.span,
                timeNanoseconds: message.pointee.time_unix_nano,
                name: text(message.pointee.name.buffer, .eventNames)
            )
            if isException {
                let exception = ExceptionFields(message.pointee.attributes, count: message.pointee.n_attributes)
                if !exception.type.isEmpty { last = exception.type }
                event.exceptionType = text(exception.type, .errorTypes)
                event.message = text(exception.message, .messages)
            }
            batch.events.append(event)
        }
        return last
    }

    /// Adds those of the span's links that name a span.
    func add(
        links: UnsafeBufferPointer<UnsafeRawBufferPointer>,
        of span: (trace: TraceID, span: SpanID),
        to batch: inout TelemetryBatch,
        arena: borrowing DecodingArena
    ) {
        for bytes in links {
            guard let message = otlp__link__unpack(arena.allocator, bytes.count, bytes.bytesAddress),
                let linkedTrace = message.pointee.trace_id.buffer.traceID,
                let linkedSpan = message.pointee.span_id.buffer.spanID
            else { continue }
            batch.links.append(
                SpanLink(
                    traceID: span.trace,
                    spanID: span.span,
                    linkedTraceID: linkedTrace,
                    linkedSpanID: linkedSpan
                )
            )
        }
    }

    /// The text without secrets, cut, as a member of a bounded group.
    func text(_ bytes: UnsafeRawBufferPointer, _ group: CardinalityLimiter.Group) -> StringID {
        guard !bytes.isEmpty else { return .empty }
        let raw = String(decoding: bytes.prefix(limits.keptValueBytes * 4), as: UTF8.self)
        let text = PrintableText.cleaned(Redaction.redacted(raw)).prefix(utf8: SpanNotes.messageBytes)
        return limiter.admits(text, to: group) ? vocabulary.intern(text) : .overflow
    }
}
