package import Telemetry

extension SpanTable {
    /// One row as the fields it was made from, without attributes.
    package func fields(of row: Int) -> SpanFields {
        SpanFields(
            traceID: traceID(of: row),
            spanID: SpanID(spanID[row]),
            parentID: SpanID(parentID[row]),
            startNanoseconds: startNanoseconds[row],
            endNanoseconds: endNanoseconds[row],
            operation: operation[row],
            kind: kind[row],
            statement: statement[row],
            errorType: errorType[row],
            instance: instance[row],
            flags: flags[row]
        )
    }
}
