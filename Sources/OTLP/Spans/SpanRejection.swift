/// Why a span was left out, in words that name what to fix.
enum SpanRejection: Int, CaseIterable {
    case traceID, spanID, parentID, malformed, tooLarge

    var reason: String {
        switch self {
        case .traceID: "trace_id must be 16 bytes and not all zero"
        case .spanID: "span_id must be 8 bytes and not all zero"
        case .parentID: "parent_span_id must be 8 bytes, or empty for a root span"
        case .malformed: "the span is no valid protobuf message"
        case .tooLarge: "the span has too many fields: send fewer attributes, events or links"
        }
    }
}
