import FoundationEssentials
import OTLP
import Telemetry

/// Jaeger's JSON: `{"data": [trace…]}` or one bare trace (`spec/wire.md` sections 5.1 and 6.2).
enum JaegerFormat {
    private struct Answer: Decodable {
        var data: [Trace]?
    }

    private struct Trace: Decodable {
        var spans: [Span]
        var processes: [String: Process]?
    }

    private struct Span: Decodable {
        var traceID: String
        var spanID: String
        var operationName: String?
        var references: [Reference]?
        var startTime: Int64
        var duration: Int64?
        var tags: [Tag]?
        var logs: [Log]?
        var processID: String?
        var process: Process?
    }

    private struct Reference: Decodable {
        var refType: String?
        var traceID: String?
        var spanID: String
    }

    private struct Process: Decodable {
        var serviceName: String?
        var tags: [Tag]?
    }

    private struct Tag: Decodable {
        var key: String
        var value: ImportedValue?
    }

    private struct Log: Decodable {
        var fields: [Tag]?
    }

    static func convert(_ body: [UInt8]) throws(ImportError) -> ConvertedTraces {
        let traces: [Trace]
        do {
            let data = Data(body)
            let answer = try? JSONDecoder().decode(Answer.self, from: data).data
            traces = try answer ?? [JSONDecoder().decode(Trace.self, from: data)]
        } catch {
            throw .malformed(.jaegerJSON, reason: "\(error)")
        }
        var converted = ConvertedTraces()
        for trace in traces { convert(trace, into: &converted) }
        return converted
    }

    private static func convert(_ trace: Trace, into converted: inout ConvertedTraces) {
        var byProcess: [String: Int] = [:]
        for span in trace.spans {
            guard let exported = export(span) else {
                converted.reject("the span \(span.spanID) of trace \(span.traceID) has no valid ids and times")
                continue
            }
            let key = span.processID ?? ""
            let number: Int
            if let known = byProcess[key], span.process == nil {
                number = known
            } else {
                let process = span.process ?? trace.processes?[key]
                number = converted.resources.count
                byProcess[key] = number
                converted.resources.append(
                    ImportedSpans(
                        service: process?.serviceName ?? "",
                        attributes: (process?.tags ?? []).compactMap(attribute)
                    )
                )
            }
            converted.resources[number].spans.append(exported)
        }
    }

    private static func export(_ span: Span) -> ExportSpan? {
        guard let traceID = ImportedIdentifiers.trace(span.traceID), let spanID = ImportedIdentifiers.span(span.spanID),
            let start = ImportedIdentifiers.nanoseconds(microseconds: span.startTime),
            let duration = ImportedIdentifiers.nanoseconds(microseconds: span.duration ?? 0)
        else { return nil }
        let tags = span.tags ?? []
        func tag(_ key: String) -> ImportedValue? { tags.first { $0.key == key }?.value }
        // The first CHILD_OF of the same trace is the parent; all other references are links.
        let parent = (span.references ?? [])
            .first { ($0.refType ?? "CHILD_OF") == "CHILD_OF" && ($0.traceID ?? span.traceID) == span.traceID }
            .flatMap { ImportedIdentifiers.span($0.spanID) }
        let isError = tag("error")?.isTrue == true || tag("otel.status_code")?.text == "ERROR"
        let exception = (span.logs ?? []).lazy.compactMap(exceptionType).last
        return ExportSpan(
            traceID: traceID,
            spanID: spanID,
            parentID: parent ?? .none,
            name: span.operationName ?? "",
            kind: kind(tag("span.kind")?.text ?? ""),
            startNanoseconds: start,
            endNanoseconds: start.addingReportingOverflow(duration).partialValue,
            attributes: tags.filter { !consumed.contains($0.key) }.compactMap(attribute),
            errorMessage: isError ? tag("otel.status_description")?.text ?? "" : nil,
            errorType: isError ? exception : nil
        )
    }

    private static let consumed: Set = ["span.kind", "error", "otel.status_code", "otel.status_description"]

    private static func exceptionType(_ log: Log) -> String? {
        let fields = log.fields ?? []
        guard fields.contains(where: { $0.key == "event" && ["exception", "error"].contains($0.value?.text) }) else {
            return nil
        }
        let type = fields.first { ["exception.type", "error.kind"].contains($0.key) }?.value?.text ?? ""
        return type.isEmpty ? nil : type
    }

    private static func kind(_ word: String) -> SpanKind {
        switch word.lowercased() {
        case "server": .server
        case "client": .client
        case "producer": .producer
        case "consumer": .consumer
        default: .internal
        }
    }

    private static func attribute(_ tag: Tag) -> (key: String, value: AttributeValue)? {
        tag.value?.attribute.map { (tag.key, $0) }
    }
}
