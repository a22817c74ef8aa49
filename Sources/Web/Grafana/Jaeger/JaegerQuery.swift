import FoundationEssentials
import Telemetry

/// The parameters of Jaeger's searches.
enum JaegerQuery {
    static let defaultLimit = 100

    /// Of `GET /api/traces`: times in microseconds, `tags` as a JSON object or `tag=k:v`, durations as Go writes them.
    static func search(_ query: FormQuery) throws(FeedRefusal) -> TraceQuery {
        guard let service = query["service"] else { throw .badRequest("parameter service is missing") }
        var wanted = TraceQuery()
        wanted.service = service
        wanted.operation = operation(query["operation"])
        wanted.range = try query.range(from: "start", to: "end", default: wanted.range)
        wanted.durations = try query.durations("minDuration", to: ["maxDuration"])
        wanted.limit = try query.limit(default: defaultLimit, most: TraceQuery.limitAtMost)
        for text in query.all("tags") {
            wanted.attributes.merge(try attributes(inJSON: text, named: "tags")) { $1 }
        }
        for text in query.all("tag") {
            let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, !halves[0].isEmpty else {
                throw .badRequest("tag must be key:value, found \"\(text.prefix(64))\"")
            }
            wanted.attributes[String(halves[0])] = String(halves[1])
        }
        return wanted
    }

    /// Of `GET /api/v3/traces` and `/api/v3/trace-summaries`; every name also in the spelling of the protobuf field.
    static func searchV3(_ query: FormQuery) throws(FeedRefusal) -> TraceQuery {
        var wanted = TraceQuery()
        wanted.service = query.first(of: "query.serviceName", "query.service_name")
        wanted.operation = operation(query.first(of: "query.operationName", "query.operation_name"))
        guard let start = try time(query, "query.startTimeMin", "query.start_time_min"),
            let end = try time(query, "query.startTimeMax", "query.start_time_max")
        else { throw .badRequest("query.startTimeMin and query.startTimeMax are required") }
        guard start <= end else { throw .badRequest("query.startTimeMin is later than query.startTimeMax") }
        wanted.range = start..<end
        wanted.durations = try query.durations(
            "query.durationMin",
            "query.duration_min",
            to: ["query.durationMax", "query.duration_max"]
        )
        wanted.limit = try query.limit(
            ["query.searchDepth", "query.search_depth", "query.numTraces", "query.num_traces"],
            default: defaultLimit,
            most: TraceQuery.limitAtMost
        )
        if let text = query["query.attributes"] {
            wanted.attributes = try attributes(inJSON: text, named: "query.attributes")
        }
        return wanted
    }

    /// Jaeger's own page sends the word for "any".
    private static func operation(_ name: String?) -> String? { name == "all" ? nil : name }

    private static func time(_ query: FormQuery, _ names: String...) throws(FeedRefusal) -> UInt64? {
        for name in names {
            if let time = try query.time(name) { return time }
        }
        return nil
    }

    private static func attributes(
        inJSON text: String,
        named name: String
    ) throws(FeedRefusal) -> [String: String] {
        do {
            return try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
        } catch {
            throw .badRequest("\(name) must be a JSON object of strings, found \"\(text.prefix(64))\"")
        }
    }
}
