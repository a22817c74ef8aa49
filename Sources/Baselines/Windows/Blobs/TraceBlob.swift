import Telemetry

/// A trace document as bytes, and back: format 1 of `docs/formats/windows.md`.
enum TraceBlob {
    private static let version: UInt8 = 1
    private static let attributeLimit = 10_000
    /// A document with longer texts is written without its attributes.
    private static let textBytes = 8 << 20

    static func bytes(_ document: TraceDocument) -> BlobWriter {
        var writer = BlobWriter()
        writer.byte(version)
        writer.number(document.omittedSpans)
        var texts = texts(of: document, withAttributes: true)
        let keepsAttributes = texts.reduce(0) { $0 + $1.utf8.count } <= textBytes
        if !keepsAttributes { texts = self.texts(of: document, withAttributes: false) }
        let table = BlobTexts(texts)
        table.write(to: &writer)
        let start = document.range.lowerBound
        writer.number(start)
        writer.number(document.spans.count)
        for span in document.spans {
            writer.number(table.number(of: span.spanID))
            writer.number(table.number(of: span.parentID ?? ""))
            writer.number(table.number(of: span.service))
            writer.number(table.number(of: span.name))
            writer.byte(span.kind.rawValue)
            writer.number(span.start - start)
            writer.number(span.end - span.start)
            writer.number(span.errorType.map { table.number(of: $0) + 1 } ?? 0)
            let attributes = keepsAttributes ? span.attributes.sorted { $0.key < $1.key } : []
            writer.number(attributes.count)
            for (key, value) in attributes {
                writer.number(table.number(of: key))
                writer.number(table.number(of: value))
            }
        }
        return writer
    }

    static func document(
        _ traceID: TraceID,
        _ bytes: UnsafeRawBufferPointer
    ) throws(BlobDamage) -> TraceDocument {
        var reader = BlobReader(bytes)
        try reader.expectVersion(version)
        let omitted = try reader.number(atMost: Int.max)
        let texts = try BlobTexts.read(&reader)
        let start = try reader.number()
        let count = try reader.count(atMost: TraceDocument.spanLimit)
        var spans: [SpanDocument] = []
        spans.reserveCapacity(count)
        for _ in 0..<count { spans.append(try span(&reader, texts, after: start)) }
        try reader.expectEnd()
        return TraceDocument(traceID: traceID, spans: spans, omittedSpans: omitted)
    }

    private static func texts(of document: TraceDocument, withAttributes: Bool) -> Set<String> {
        var texts: Set<String> = [""]
        for span in document.spans {
            texts.formUnion([span.spanID, span.service, span.name])
            if let parent = span.parentID { texts.insert(parent) }
            if let type = span.errorType { texts.insert(type) }
            guard withAttributes else { continue }
            for (key, value) in span.attributes {
                texts.insert(key)
                texts.insert(value)
            }
        }
        return texts
    }

    private static func span(
        _ reader: inout BlobReader,
        _ texts: [String],
        after origin: UInt64
    ) throws(BlobDamage) -> SpanDocument {
        let id = try texts.text(&reader)
        let parent = try texts.text(&reader)
        let service = try texts.text(&reader)
        let name = try texts.text(&reader)
        guard let kind = SpanKind(rawValue: try reader.byte()) else { throw BlobDamage("a kind is unknown") }
        let start = origin.addingReportingOverflow(try reader.number())
        let end = start.partialValue.addingReportingOverflow(try reader.number())
        guard !start.overflow, !end.overflow else { throw BlobDamage("a time is out of range") }
        let errorType = try reader.number(atMost: texts.count)
        var attributes: [String: String] = [:]
        for _ in 0..<(try reader.count(atMost: attributeLimit)) {
            let key = try texts.text(&reader)
            attributes[key] = try texts.text(&reader)
        }
        return SpanDocument(
            spanID: id,
            parentID: parent.isEmpty ? nil : parent,
            service: service,
            name: name,
            kind: kind,
            start: start.partialValue,
            end: end.partialValue,
            errorType: errorType == 0 ? nil : texts[errorType - 1],
            attributes: attributes
        )
    }
}
