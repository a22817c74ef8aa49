import Telemetry

/// The part of TraceQL that is one set of equalities: `{ resource.service.name="a" && .b="c" && duration > 100ms }`.
///
/// Everything else is refused with its text, since a wrong answer would look like a right one.
enum TraceQLSubset {
    static func read(_ text: String, into query: inout TraceQuery) throws(FeedRefusal) {
        let outer = trimmed(text[...])
        guard outer.first == "{", outer.last == "}" else { throw unsupported(text[...]) }
        var rest = trimmed(outer.dropFirst().dropLast())
        if rest.isEmpty || rest == "true" { return }
        while true {
            let name = rest.prefix { !" \t=!<>~\"{}|&".contains($0) }
            rest = trimmed(rest.dropFirst(name.count))
            let sign = rest.prefix { "=!<>~".contains($0) }
            rest = trimmed(rest.dropFirst(sign.count))
            guard !name.isEmpty, let value = Logfmt.value(&rest), !value.isEmpty else { throw unsupported(text[...]) }
            try demand(String(name), String(sign), value, of: &query)
            rest = trimmed(rest)
            if rest.isEmpty { return }
            guard rest.hasPrefix("&&") else { throw unsupported(rest) }
            rest = trimmed(rest.dropFirst(2))
        }
    }

    private static func demand(
        _ name: String,
        _ sign: String,
        _ value: String,
        of query: inout TraceQuery
    ) throws(FeedRefusal) {
        if ["duration", "traceDuration", "trace:duration"].contains(name) {
            return try limit(sign, value, of: &query)
        }
        guard sign == "=" else { throw unsupported("\(name) \(sign) \(value)") }
        let scopes = ["resource.", "span.", "trace:", "span:", "."]
        let scope = scopes.first { name.hasPrefix($0) } ?? ""
        switch name {
        case "rootServiceName", "trace:rootService": query.service = value
        case "rootName", "trace:rootName", "span:name": query.operation = value
        case "kind", "span:kind": throw unsupported("\(name) = \(value)")
        default: TempoQuery.demand(String(name.dropFirst(scope.count)), value, of: &query)
        }
    }

    private static func limit(_ sign: String, _ value: String, of query: inout TraceQuery) throws(FeedRefusal) {
        guard let duration = GoDuration.nanoseconds(value) else {
            throw .badRequest("a duration such as 100ms was expected, found \"\(value.prefix(64))\"")
        }
        var (least, most) = (query.durations.lowerBound, query.durations.upperBound)
        switch sign {
        case ">": least = max(least, duration + 1)
        case ">=": least = max(least, duration)
        case "<": most = min(most, duration == 0 ? 0 : duration - 1)
        case "<=": most = min(most, duration)
        default: throw unsupported("duration \(sign) \(value)")
        }
        guard least <= most else { throw .badRequest("no duration is \(sign) \(value) here") }
        query.durations = least...most
    }

    private static func unsupported(_ text: some StringProtocol) -> FeedRefusal {
        .badRequest("unsupported TraceQL: \"\(text.prefix(64))\"; one set of equalities is what is served")
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return text
    }
}
