extension TraceDocument {
    /// What is known of a trace whose spans stand in some rows of a table; copies of a span count once.
    ///
    /// - Parameters:
    ///   - rows: in any order; those of one trace.
    ///   - spans: the table.
    ///   - vocabulary: of the table.
    package init(_ rows: some Sequence<Int>, of spans: SpanTable, vocabulary: Vocabulary) {
        var order = Array(rows)
        let traceID = order.first.map { spans.traceID(of: $0) } ?? TraceID(high: 0, low: 0)
        // Of equal starts the longer first: a caller is never shorter than the call that it waits for.
        order.sort {
            (spans.startNanoseconds[$0], ~spans.endNanoseconds[$0], spans.spanID[$0])
                < (spans.startNanoseconds[$1], ~spans.endNanoseconds[$1], spans.spanID[$1])
        }
        var seen: Set<SpanHalf> = []
        order.removeAll { !seen.insert(SpanHalf(id: spans.spanID[$0], kind: spans.kind[$0])).inserted }
        self.init(
            traceID: traceID,
            spans: order.prefix(TraceDocument.spanLimit).map { SpanDocument($0, of: spans, vocabulary: vocabulary) },
            omittedSpans: max(0, order.count - TraceDocument.spanLimit)
        )
    }
}

/// Client and server may share an id (Zipkin): they are two spans.
private struct SpanHalf: Hashable {
    var id: UInt64
    var kind: SpanKind
}

extension SpanDocument {
    fileprivate init(_ row: Int, of spans: SpanTable, vocabulary: Vocabulary) {
        let operation = vocabulary.operation(spans.operation[row])
        let statement = vocabulary.string(spans.statement[row])
        let instance = vocabulary.string(spans.instance[row])
        var attributes: [String: String] = [:]
        for id in spans.attributes(of: row) {
            let attribute = vocabulary.attribute(id)
            let key = vocabulary.string(attribute.key)
            // Readers take the first of a name.
            if attributes[key] == nil { attributes[key] = vocabulary.string(attribute.value) }
        }
        if !statement.isEmpty, attributes["db.query.text"] == nil { attributes["db.query.text"] = statement }
        if !instance.isEmpty, attributes["service.instance.id"] == nil { attributes["service.instance.id"] = instance }
        let type = vocabulary.string(spans.errorType[row])
        self.init(
            spanID: SpanID(spans.spanID[row]).hex,
            parentID: spans.parentID[row] == 0 ? nil : SpanID(spans.parentID[row]).hex,
            service: operation.service,
            name: operation.name,
            kind: spans.kind[row],
            start: spans.startNanoseconds[row],
            end: spans.endNanoseconds[row],
            errorType: spans.isError(row) ? (type.isEmpty ? "error" : type) : nil,
            attributes: attributes
        )
    }
}
