import Telemetry

/// The parameters of Tempo's search, as far as they are served.
enum TempoQuery {
    // What Tempo answers without a limit.
    private static let defaultLimit = 20

    /// Times are Unix seconds; either `q`, or `tags` with durations.
    static func search(_ query: FormQuery) throws(FeedRefusal) -> TraceQuery {
        var wanted = TraceQuery()
        wanted.range = try query.range(from: "start", to: "end", default: wanted.range)
        wanted.limit = try query.limit(default: defaultLimit, most: TraceQuery.limitAtMost)
        wanted.durations = try query.durations("minDuration", to: ["maxDuration"])
        if let text = query["q"] {
            try TraceQLSubset.read(text, into: &wanted)
        } else if let text = query["tags"] {
            guard let pairs = Logfmt.pairs(text) else {
                throw .badRequest("tags must be key=value pairs, found \"\(text.prefix(64))\"")
            }
            for (name, value) in pairs { TempoQuery.demand(name, value, of: &wanted) }
        }
        return wanted
    }

    /// Tempo's names for what is no attribute here.
    static func demand(_ name: String, _ value: String, of query: inout TraceQuery) {
        switch name {
        case "service.name": query.service = value
        case "name": query.operation = value
        case "status" where value == "error": query.attributes["error"] = "true"
        default: query.attributes[name] = value
        }
    }
}
