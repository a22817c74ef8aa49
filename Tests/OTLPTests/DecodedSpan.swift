import OTLP
import Telemetry

/// One row of a decoded batch in plain text, as tests compare it.
struct DecodedSpan {
    let traceID: TraceID
    let spanID: SpanID
    let parentID: SpanID
    let service: String
    let name: String
    let kind: SpanKind
    let start: UInt64
    let end: UInt64
    let statement: String
    let errorType: String
    let instance: String
    let flags: SpanFlags
    let attributes: [String: String]

    init(_ row: Int, of table: SpanTable, _ vocabulary: Vocabulary) {
        traceID = table.traceID(of: row)
        spanID = SpanID(table.spanID[row])
        parentID = SpanID(table.parentID[row])
        let operation = vocabulary.operation(table.operation[row])
        service = operation.service
        name = operation.name
        kind = table.kind[row]
        start = table.startNanoseconds[row]
        end = table.endNanoseconds[row]
        statement = vocabulary.string(table.statement[row])
        errorType = vocabulary.string(table.errorType[row])
        instance = vocabulary.string(table.instance[row])
        flags = table.flags[row]
        let pairs = table.attributes(of: row).map { vocabulary.attribute($0) }
            .map { (vocabulary.string($0.key), vocabulary.string($0.value)) }
        attributes = Dictionary(uniqueKeysWithValues: pairs)
    }

    /// Every string that the span keeps.
    var texts: [String] {
        [service, name, statement, errorType, instance] + attributes.flatMap { [$0.key, $0.value] }
    }
}

extension ExportDecoder {
    /// Decodes with a vocabulary of its own.
    static func spans(
        _ body: [UInt8],
        limits: DecodingLimits = DecodingLimits()
    ) throws -> (spans: [DecodedSpan], decoded: DecodedExport) {
        let vocabulary = Vocabulary()
        let decoded = try ExportDecoder(vocabulary: vocabulary, limits: limits).decode(body)
        let table = decoded.batch.spans
        return (table.indices.map { DecodedSpan($0, of: table, vocabulary) }, decoded)
    }
}

extension ExportSpan {
    /// A valid span; tests change what they are about.
    static func sample(
        _ number: UInt64 = 1,
        name: String = "work",
        kind: SpanKind = .internal,
        attributes: [(key: String, value: AttributeValue)] = []
    ) -> ExportSpan {
        ExportSpan(
            traceID: TraceID(high: 1, low: number),
            spanID: SpanID(number),
            name: name,
            kind: kind,
            startNanoseconds: 1_000,
            endNanoseconds: 2_000,
            attributes: attributes
        )
    }
}
