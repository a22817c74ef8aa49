/// Reads `event-trace.json`.
struct EventTraceReader {
    static let example =
        "{ \"events\": [{ \"event\": \"OrderPlaced\", \"queue\": \"orders\", \"durationMs\": [80, 120] }], "
        + "\"queues\": [{ \"queue\": \"orders\", \"depth\": [0, 12, 4] }] }"

    func trace(_ root: YAMLValue) -> EventTrace? {
        let keys = KnownKeys(known: ["traceId", "module", "moduleId", "editionId", "events", "queues"])
        guard let map = root.map(keys, example: Self.example) else { return nil }
        var trace = EventTrace(source: String(root.log.file.split(separator: "/").last ?? ""))
        if map.section("events") == nil, map.section("queues") == nil {
            root.error("has neither `events` nor `queues`; example: `\(Self.example)`")
        }
        trace.events = (map.section("events")?.list(example: Self.example) ?? []).compactMap(event)
        trace.queues = (map.section("queues")?.list(example: Self.example) ?? []).compactMap(queue)
        return trace
    }

    private func event(_ value: YAMLValue) -> EventTrace.Event? {
        let keys = KnownKeys(known: ["event", "queue", "durationMs", "count", "at"])
        guard let map = value.map(keys, example: Self.example),
            let name = map.required("event", example: "\"event\": \"OrderPlaced\"")?.text(example: "OrderPlaced"),
            let durations = map.required("durationMs", example: "\"durationMs\": [80, 120]").flatMap(numbers)
        else { return nil }
        let sorted = durations.sorted()
        return EventTrace.Event(
            name: name.onOneLine,
            queue: map["queue"]?.text(example: "\"queue\": \"orders\"")?.onOneLine,
            p50Milliseconds: sorted[(sorted.count - 1) / 2],
            // Nearest rank: the smallest value that at least 95 % lie at or below.
            p95Milliseconds: sorted[(sorted.count * 95 + 99) / 100 - 1]
        )
    }

    private func queue(_ value: YAMLValue) -> EventTrace.Queue? {
        let keys = KnownKeys(known: ["queue", "name", "depth", "at"])
        guard let map = value.map(keys, example: Self.example) else { return nil }
        guard
            let name = (map["name"] ?? map.required("queue", example: "\"queue\": \"orders\""))?.text(
                example: "orders"
            ),
            let depths = map.required("depth", example: "\"depth\": [0, 12, 4]").flatMap(numbers)
        else { return nil }
        return EventTrace.Queue(name: name.onOneLine, peakDepth: depths.max() ?? 0)
    }

    /// One number or a list of them, none negative; never empty.
    private func numbers(_ value: YAMLValue) -> [Double]? {
        let values = value.isList ? value.list(example: "[80, 120]") ?? [] : [value]
        let numbers = values.compactMap { $0.number("a number from 0", in: 0...1e12, example: "[80, 120]") }
        if values.isEmpty { value.error("the list is empty; example: `[80, 120]`") }
        return numbers.isEmpty ? nil : numbers
    }
}
