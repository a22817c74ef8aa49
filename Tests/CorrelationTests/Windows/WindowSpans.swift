import Telemetry

@testable import Correlation

/// A table of spans written call by call, for tests of windows.
struct WindowSpans {
    let vocabulary = Vocabulary()
    private(set) var table = SpanTable()

    mutating func add(
        trace: UInt64,
        id: UInt64,
        parent: UInt64 = 0,
        _ service: String,
        _ name: String,
        start: UInt64,
        duration: UInt64,
        version: String = "",
        errorType: String = "",
        kind: SpanKind = .server
    ) {
        var attributes: [AttributeID] = []
        if !version.isEmpty {
            attributes.append(
                vocabulary.intern(key: vocabulary.intern("service.version"), value: vocabulary.intern(version))
            )
        }
        table.append(
            SpanFields(
                traceID: TraceID(high: 1, low: trace),
                spanID: SpanID(id),
                parentID: SpanID(parent),
                startNanoseconds: start,
                endNanoseconds: start + duration,
                operation: vocabulary.intern(OperationKey(service: service, name: name, kind: kind)),
                kind: kind,
                errorType: vocabulary.intern(errorType),
                flags: errorType.isEmpty ? [] : .error
            ),
            attributes: attributes
        )
    }

    func built(_ start: UInt64 = 0, limits: WindowLimits = WindowLimits()) -> WindowBuilder.Built {
        WindowBuilder(vocabulary: vocabulary, limits: limits).build(start: start, spans: table)
    }
}
