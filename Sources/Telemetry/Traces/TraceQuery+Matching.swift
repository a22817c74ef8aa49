extension TraceQuery {
    /// Whether a trace fulfils every condition; the limit is not looked at.
    package func matches(_ trace: TraceDocument) -> Bool {
        let times = trace.range
        guard range.contains(times.lowerBound), durations.contains(times.upperBound - times.lowerBound) else {
            return false
        }
        if service == nil, operation == nil, attributes.isEmpty { return true }
        // The operation and the attributes are those of one span; without either, the service may be that of any.
        return trace.spans.contains { span in
            (service == nil || span.service == service) && (operation == nil || span.name == operation)
                && attributes.allSatisfy { TraceQuery.has($0.key, $0.value, span) }
        }
    }

    private static func has(_ key: String, _ value: String, _ span: SpanDocument) -> Bool {
        if let found = span.attributes[key] { return found == value }
        return key == "error" && value == (span.errorType == nil ? "false" : "true")
    }
}
