/// The formats traces can be imported from.
package enum TraceFormat: String, Sendable, Hashable, CaseIterable {
    /// One request, or one a line as the Collector's file exporter writes them.
    case otlpJSON
    /// One request, or many that are each preceded by their length in four bytes.
    case otlpProtobuf
    /// What Jaeger's UI downloads and its API answers.
    case jaegerJSON
    /// An array of spans, or of traces.
    case zipkinJSON
    /// The answer of a query over requests and dependencies.
    case applicationInsights

    package var title: String {
        switch self {
        case .otlpJSON: "OTLP JSON"
        case .otlpProtobuf: "OTLP protobuf"
        case .jaegerJSON: "Jaeger JSON"
        case .zipkinJSON: "Zipkin v2 JSON"
        case .applicationInsights: "an Application Insights answer"
        }
    }

    /// Tells the format by how the bytes begin; `nil` when they are none of these.
    package init?(sniffing bytes: [UInt8]) {
        // A protobuf request begins with field 1, a message; its length-prefixed form with a length below 2^24.
        if let first = bytes.first, first == 0x0A, bytes.count > 1, !TraceFormat.isJSON(bytes) {
            self = .otlpProtobuf
            return
        }
        if bytes.first == 0, bytes.count > 4, bytes[4] == 0x0A {
            self = .otlpProtobuf
            return
        }
        guard TraceFormat.isJSON(bytes) else { return nil }
        let beginning = String(decoding: bytes.prefix(64 << 10), as: UTF8.self)
        // In the order in which one format's words may stand inside another's.
        let words: [(TraceFormat, [String])] = [
            (.otlpJSON, ["\"resourceSpans\"", "\"resource_spans\"", "\"resourceMetrics\"", "\"resourceLogs\""]),
            (.applicationInsights, ["\"tables\"", "\"PrimaryResult\""]),
            (.jaegerJSON, ["\"spanID\"", "\"processes\"", "\"operationName\""]),
            (.zipkinJSON, ["\"traceId\"", "\"localEndpoint\""]),
        ]
        guard let format = words.first(where: { $0.1.contains { beginning.contains($0) } })?.0 else { return nil }
        self = format
    }

    private static func isJSON(_ bytes: [UInt8]) -> Bool {
        let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }
}
