import Exporters
import Telemetry

/// Begins and ends spans, and hands the sampled ones to the exporter.
///
/// Samples as OpenTelemetry's `parentbased_always_on`: a remote parent decides, and without one everything is kept.
struct Tracer: Sendable {
    /// The span that the running task works for.
    @TaskLocal static var current: TraceContext?

    private let exporter: OTLPExporter

    init(exporter: OTLPExporter) {
        self.exporter = exporter
    }

    func begin(
        _ name: String,
        kind: SpanKind,
        parent: TraceContext?,
        isParentRemote: Bool = false,
        attributes: [(key: String, value: AttributeValue)] = []
    ) -> ActiveSpan {
        var context =
            parent
            ?? TraceContext(
                traceID: TraceID(high: .random(in: 1 ... .max), low: .random(in: 0 ... .max)),
                spanID: .none,
                isSampled: true
            )
        context.spanID = SpanID(.random(in: 1 ... .max))
        return ActiveSpan(
            context: context,
            parentID: parent?.spanID ?? .none,
            kind: kind,
            isParentRemote: isParentRemote,
            start: SpanClock.now(),
            name: name,
            attributes: attributes
        )
    }

    func end(_ span: ActiveSpan) {
        guard span.context.isSampled else { return }
        exporter.record(span.finished())
    }
}
