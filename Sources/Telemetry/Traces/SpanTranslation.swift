/// Takes spans from one vocabulary into another, where the old one is given up.
///
/// Remembers what it has looked up; not for sharing between threads.
package struct SpanTranslation {
    private let source: Vocabulary
    private let target: Vocabulary
    private let attributes: [SpanAttribute]
    private var knownStrings: [StringID: StringID] = [:]
    private var knownOperations: [OperationID: OperationID] = [:]
    private var knownAttributes: [AttributeID: AttributeID] = [:]

    package init(from source: Vocabulary, to target: Vocabulary) {
        self.source = source
        self.target = target
        attributes = source.attributes
    }

    /// The same spans in the numbers of the target, in the same order.
    package mutating func translate(_ spans: SpanTable) -> SpanTable {
        var result = SpanTable()
        result.reserve(rows: spans.count, attributes: spans.attributeCount)
        var kept: [AttributeID] = []
        for row in spans.indices {
            kept.removeAll(keepingCapacity: true)
            for id in spans.attributes(of: row) { kept.append(attribute(id)) }
            let fields = SpanFields(
                traceID: spans.traceID(of: row),
                spanID: SpanID(spans.spanID[row]),
                parentID: SpanID(spans.parentID[row]),
                startNanoseconds: spans.startNanoseconds[row],
                endNanoseconds: spans.endNanoseconds[row],
                operation: operation(spans.operation[row]),
                kind: spans.kind[row],
                statement: string(spans.statement[row]),
                errorType: string(spans.errorType[row]),
                instance: string(spans.instance[row]),
                flags: spans.flags[row],
                weight: spans.weight[row]
            )
            result.append(fields, attributes: kept)
        }
        return result
    }

    private mutating func string(_ id: StringID) -> StringID {
        if id == .empty || id == .overflow { return id }
        if let known = knownStrings[id] { return known }
        let new = target.intern(source.string(id))
        knownStrings[id] = new
        return new
    }

    private mutating func operation(_ id: OperationID) -> OperationID {
        if id == .overflow { return id }
        if let known = knownOperations[id] { return known }
        let new = target.intern(source.operation(id))
        knownOperations[id] = new
        return new
    }

    private mutating func attribute(_ id: AttributeID) -> AttributeID {
        if id == .overflow { return id }
        if let known = knownAttributes[id] { return known }
        let old = attributes[Int(id.rawValue)]
        let new = target.intern(key: string(old.key), value: string(old.value))
        knownAttributes[id] = new
        return new
    }
}
