/// How the messages of OTLP are written in JSON: names, field numbers and types (`spec/wire.md` sections 1.3, 1.4).
enum JSONSchema {
    /// A message, by the name it has in opentelemetry-proto.
    enum Message: Int, CaseIterable {
        case traces, resourceSpans, scopeSpans, span, event, link, status
        case metrics, resourceMetrics, scopeMetrics, metric, dataPoints
        case numberPoint, histogramPoint, exponentialPoint, buckets, summaryPoint, quantile, exemplar
        case logs, resourceLogs, scopeLogs, logRecord
        case resource, scope, keyValue, anyValue, arrayValue, keyValueList
    }

    enum FieldType {
        case text
        /// Trace and span ids.
        case hex
        case base64
        /// `int32`, `uint32`, `int64`, `uint64` and `bool` have one form on the wire.
        case varint
        case zigzag
        case fixed64
        case fixed32
        case double
        case bool
        /// Only numbers: names must not be used.
        case enumeration
        case message(Message)
    }

    struct Field {
        var number: UInt32
        var type: FieldType
        var isRepeated = false

        static func one(_ number: UInt32, _ type: FieldType) -> Field { Field(number: number, type: type) }
        static func one(_ number: UInt32, _ message: Message) -> Field {
            Field(number: number, type: .message(message))
        }
        static func many(_ number: UInt32, _ type: FieldType) -> Field {
            Field(number: number, type: type, isRepeated: true)
        }
        static func many(_ number: UInt32, _ message: Message) -> Field { many(number, .message(message)) }
    }

    /// The fields that are read; all others are skipped.
    static func fields(of message: Message) -> JSONFieldList { lists[message.rawValue] }

    private static let lists = Message.allCases.map { JSONFieldList(table[$0] ?? [:]) }

    private static let table: [Message: [String: Field]] = [
        .traces: ["resourceSpans": .many(1, .resourceSpans)],
        .resourceSpans: ["resource": .one(1, .resource), "scopeSpans": .many(2, .scopeSpans)],
        .scopeSpans: ["scope": .one(1, .scope), "spans": .many(2, .span)],
        .span: [
            "traceId": .one(1, .hex), "spanId": .one(2, .hex), "traceState": .one(3, .text),
            "parentSpanId": .one(4, .hex), "name": .one(5, .text), "kind": .one(6, .enumeration),
            "startTimeUnixNano": .one(7, .fixed64), "endTimeUnixNano": .one(8, .fixed64),
            "attributes": .many(9, .keyValue), "droppedAttributesCount": .one(10, .varint),
            "events": .many(11, .event), "droppedEventsCount": .one(12, .varint), "links": .many(13, .link),
            "droppedLinksCount": .one(14, .varint), "status": .one(15, .status), "flags": .one(16, .fixed32),
        ],
        .event: ["timeUnixNano": .one(1, .fixed64), "name": .one(2, .text), "attributes": .many(3, .keyValue)],
        .link: ["traceId": .one(1, .hex), "spanId": .one(2, .hex)],
        .status: ["message": .one(2, .text), "code": .one(3, .enumeration)],
        .metrics: ["resourceMetrics": .many(1, .resourceMetrics)],
        .resourceMetrics: ["resource": .one(1, .resource), "scopeMetrics": .many(2, .scopeMetrics)],
        .scopeMetrics: ["scope": .one(1, .scope), "metrics": .many(2, .metric)],
        .metric: [
            "name": .one(1, .text), "unit": .one(3, .text), "gauge": .one(5, .dataPoints), "sum": .one(7, .dataPoints),
            "histogram": .one(9, .dataPoints), "exponentialHistogram": .one(10, .dataPoints),
            "summary": .one(11, .dataPoints),
        ],
        .logs: ["resourceLogs": .many(1, .resourceLogs)],
        .resourceLogs: ["resource": .one(1, .resource), "scopeLogs": .many(2, .scopeLogs)],
        .scopeLogs: ["scope": .one(1, .scope), "logRecords": .many(2, .logRecord)],
        .logRecord: [
            "timeUnixNano": .one(1, .fixed64), "severityNumber": .one(2, .enumeration), "severityText": .one(3, .text),
            "body": .one(5, .anyValue), "attributes": .many(6, .keyValue), "flags": .one(8, .fixed32),
            "traceId": .one(9, .hex), "spanId": .one(10, .hex), "observedTimeUnixNano": .one(11, .fixed64),
            "eventName": .one(12, .text),
        ],
        .resource: ["attributes": .many(1, .keyValue)],
        .scope: ["name": .one(1, .text), "version": .one(2, .text)],
        .keyValue: ["key": .one(1, .text), "value": .one(2, .anyValue)],
        .anyValue: [
            "stringValue": .one(1, .text), "boolValue": .one(2, .bool), "intValue": .one(3, .varint),
            "doubleValue": .one(4, .double), "arrayValue": .one(5, .arrayValue), "kvlistValue": .one(6, .keyValueList),
            "bytesValue": .one(7, .base64),
        ],
        .arrayValue: ["values": .many(1, .anyValue)],
        .keyValueList: ["values": .many(1, .keyValue)],
    ].merging(points) { first, _ in first }

    private static let points: [Message: [String: Field]] = [
        .numberPoint: [
            "startTimeUnixNano": .one(2, .fixed64), "timeUnixNano": .one(3, .fixed64), "asDouble": .one(4, .double),
            "asInt": .one(6, .fixed64), "exemplars": .many(5, .exemplar), "attributes": .many(7, .keyValue),
            "flags": .one(8, .varint),
        ],
        .histogramPoint: [
            "startTimeUnixNano": .one(2, .fixed64), "timeUnixNano": .one(3, .fixed64), "count": .one(4, .fixed64),
            "sum": .one(5, .double), "bucketCounts": .many(6, .fixed64), "explicitBounds": .many(7, .double),
            "exemplars": .many(8, .exemplar), "attributes": .many(9, .keyValue), "flags": .one(10, .varint),
        ],
        .exponentialPoint: [
            "attributes": .many(1, .keyValue), "startTimeUnixNano": .one(2, .fixed64),
            "timeUnixNano": .one(3, .fixed64), "count": .one(4, .fixed64), "sum": .one(5, .double),
            "scale": .one(6, .zigzag), "zeroCount": .one(7, .fixed64), "positive": .one(8, .buckets),
            "negative": .one(9, .buckets), "flags": .one(10, .varint), "exemplars": .many(11, .exemplar),
            "zeroThreshold": .one(14, .double),
        ],
        .buckets: ["offset": .one(1, .zigzag), "bucketCounts": .many(2, .varint)],
        .summaryPoint: [
            "startTimeUnixNano": .one(2, .fixed64), "timeUnixNano": .one(3, .fixed64), "count": .one(4, .fixed64),
            "sum": .one(5, .double), "quantileValues": .many(6, .quantile), "attributes": .many(7, .keyValue),
            "flags": .one(8, .varint),
        ],
        .quantile: ["quantile": .one(1, .double), "value": .one(2, .double)],
        .exemplar: [
            "timeUnixNano": .one(2, .fixed64), "asDouble": .one(3, .double), "asInt": .one(6, .fixed64),
            "spanId": .one(4, .hex), "traceId": .one(5, .hex),
        ],
    ]

    /// `Gauge` and its siblings are one message but for the kind of their points, which the field's name tells.
    static func dataPoints(under name: String) -> Message {
        switch name {
        case "histogram": .histogramPoint
        case "exponentialHistogram": .exponentialPoint
        case "summary": .summaryPoint
        default: .numberPoint
        }
    }
}
