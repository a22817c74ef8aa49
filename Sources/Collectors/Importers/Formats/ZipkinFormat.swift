import FoundationEssentials
import OTLP
import Telemetry

/// Zipkin's v2 JSON: an array of spans, or of traces (`spec/wire.md` section 6.3).
enum ZipkinFormat {
    private struct Span: Decodable {
        var traceId: String
        var id: String
        var parentId: String?
        var name: String?
        var kind: String?
        var timestamp: Int64?
        var duration: Int64?
        var localEndpoint: Endpoint?
        var tags: [String: String]?
        var shared: Bool?
    }

    private struct Endpoint: Decodable {
        var serviceName: String?
    }

    /// The server's half of a span that client and server share.
    private struct Half: Hashable {
        var trace: String
        var id: String
        var service: String
    }

    static func convert(_ body: [UInt8]) throws(ImportError) -> ConvertedTraces {
        let spans: [Span]
        do {
            let data = Data(body)
            spans =
                try (try? JSONDecoder().decode([Span].self, from: data))
                ?? JSONDecoder().decode([[Span]].self, from: data).flatMap { $0 }
        } catch {
            throw .malformed(.zipkinJSON, reason: "\(error)")
        }
        let halves = Set(
            spans.filter { $0.shared == true }
                .map { Half(trace: $0.traceId, id: $0.id, service: $0.localEndpoint?.serviceName ?? "") }
        )
        var converted = ConvertedTraces()
        var byService: [String: Int] = [:]
        for span in spans {
            guard let exported = export(span, halves: halves) else {
                converted.reject("the span \(span.id) of trace \(span.traceId) has no valid ids, or never finished")
                continue
            }
            let service = span.localEndpoint?.serviceName ?? ""
            let number = byService[service] ?? converted.resources.count
            if number == converted.resources.count {
                byService[service] = number
                converted.resources.append(ImportedSpans(service: service))
            }
            converted.resources[number].spans.append(exported)
        }
        return converted
    }

    private static func export(_ span: Span, halves: Set<Half>) -> ExportSpan? {
        // Without a duration a span never finished, and its end would be invented.
        guard let traceID = ImportedIdentifiers.trace(span.traceId), var spanID = ImportedIdentifiers.span(span.id),
            let start = span.timestamp.flatMap(ImportedIdentifiers.nanoseconds), start > 0,
            let duration = span.duration.flatMap(ImportedIdentifiers.nanoseconds)
        else { return nil }
        let service = span.localEndpoint?.serviceName ?? ""
        var parent = span.parentId.flatMap(ImportedIdentifiers.span) ?? .none
        if span.shared == true {
            // The server reuses the client's id; apart, the client's half is the parent of the server's.
            parent = spanID
            spanID = serverHalf(of: spanID)
        } else if let id = span.parentId, halves.contains(Half(trace: span.traceId, id: id, service: service)) {
            // What the server calls is the server's child, not the client's.
            parent = serverHalf(of: parent)
        }
        let tags = span.tags ?? [:]
        let isError = tags["error"] != nil || tags["otel.status_code"] == "ERROR"
        return ExportSpan(
            traceID: traceID,
            spanID: spanID,
            parentID: parent,
            name: span.name ?? "",
            kind: kind(span.kind),
            startNanoseconds: start,
            endNanoseconds: start.addingReportingOverflow(duration).partialValue,
            attributes: tags.filter { $0.key != "error" && $0.key != "otel.status_code" }
                .sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) },
            errorMessage: isError ? tags["error"] ?? "" : nil,
            isParentRemote: span.shared == true
        )
    }

    /// Another id, the same for the same span, so that a file read twice gives the same spans.
    private static func serverHalf(of id: SpanID) -> SpanID {
        let mixed = (id.rawValue ^ 0x9E37_79B9_7F4A_7C15) &* 0xBF58_476D_1CE4_E5B9
        return SpanID(mixed == 0 ? 1 : mixed)
    }

    private static func kind(_ word: String?) -> SpanKind {
        switch word?.uppercased() {
        case "SERVER": .server
        case "CLIENT": .client
        case "PRODUCER": .producer
        case "CONSUMER": .consumer
        default: .internal
        }
    }
}
