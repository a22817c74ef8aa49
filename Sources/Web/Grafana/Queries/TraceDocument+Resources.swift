import Telemetry

extension TraceDocument {
    /// Spans by where they ran, in the order in which each place first occurs.
    var spansByResource: [(resource: SpanDocument.Resource, spans: [SpanDocument])] {
        var places: [SpanDocument.Resource: Int] = [:]
        var groups: [(resource: SpanDocument.Resource, spans: [SpanDocument])] = []
        for span in spans {
            let resource = span.resource
            if let place = places[resource] {
                groups[place].spans.append(span)
            } else {
                places[resource] = groups.count
                groups.append((resource, [span]))
            }
        }
        return groups
    }
}
