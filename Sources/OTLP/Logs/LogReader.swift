import COTLP
import Telemetry

/// Undecoded log records → those that tell something of a trace.
///
/// Kept are records with a trace id, and errors: exceptions are moving from span events to logs. What else a service
/// logs explains no request; it is counted and let go.
struct LogReader: ~Copyable {
    private let notes: SpanNotes
    private let limits: DecodingLimits

    /// OTLP's first number of ERROR.
    private static let errorSeverity: Int32 = 17

    init(vocabulary: Vocabulary, limiter: CardinalityLimiter, limits: DecodingLimits) {
        notes = SpanNotes(vocabulary: vocabulary, limiter: limiter, limits: limits)
        self.limits = limits
    }

    func add(
        _ bytes: UnsafeRawBufferPointer,
        resource: ResourceContext,
        to export: inout DecodedExport,
        arena: borrowing DecodingArena
    ) {
        arena.reset()
        guard let message = otlp__log_record__unpack(arena.allocator, bytes.count, bytes.bytesAddress) else {
            export.rejected += 1
            return
        }
        let record = message.pointee
        let exception = ExceptionFields(record.attributes, count: record.n_attributes)
        // Empty ids are legal here, and a record with a broken one still happened.
        let trace = record.trace_id.buffer.traceID
        guard trace != nil || !exception.type.isEmpty || record.severity_number >= LogReader.errorSeverity else {
            export.unkeptLogs += 1
            return
        }
        var text = exception.message
        if case .string(let body) = WireValue(record.body), !body.isEmpty { text = body }
        export.batch.logs.append(
            LogRecord(
                traceID: trace ?? TraceID(high: 0, low: 0),
                spanID: record.span_id.buffer.spanID ?? .none,
                timeNanoseconds: record.time_unix_nano == 0 ? record.observed_time_unix_nano : record.time_unix_nano,
                severity: UInt8(exactly: record.severity_number).flatMap { $0 <= 24 ? $0 : nil } ?? 0,
                service: resource.service,
                instance: resource.instance,
                eventName: notes.text(record.event_name.buffer, .eventNames),
                body: notes.text(text, .messages),
                exceptionType: notes.text(exception.type, .errorTypes)
            )
        )
    }
}
