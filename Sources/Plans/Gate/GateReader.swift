/// Reads the plan's `gate` and `retry`.
struct GateReader {
    static let gateExample = "gate: { failOnDegraded: false, minScore: 0.85 }"
    static let retryExample = "retry: { max: 3, coolDown: 30s }"

    static let strategiesExample = "strategies: [staged, throttled]"

    func gate(_ section: YAMLValue) -> GateOptions {
        var options = GateOptions()
        let keys = KnownKeys(
            known: ["failOnDegraded", "warnOnRegression", "minScore", "editionOverride"],
            misplaced: [
                "excludeFromGate": "it belongs to a test", "retryOnFlakiness": "write it in `retry`, or in a test",
            ]
        )
        guard let map = section.map(keys, example: Self.gateExample) else { return options }
        if let value = map["failOnDegraded"]?.flag(example: "failOnDegraded: false") { options.failsOnDegraded = value }
        if let value = map["warnOnRegression"]?.flag(example: "warnOnRegression: true") {
            options.warnsOnRegression = value
        }
        if let value = map["editionOverride"]?.flag(example: "editionOverride: true") {
            options.coversAllEditions = value
        }
        options.minimumScore = map["minScore"]?
            .number("a score from 0 to 1", in: 0...1, example: "minScore: 0.85")
        return options
    }

    func retry(_ section: YAMLValue) -> RetryOptions {
        var options = RetryOptions()
        let keys = KnownKeys(known: ["max", "coolDown", "retryOnFlakiness", "strategies"])
        guard let map = section.map(keys, example: Self.retryExample) else { return options }
        options.limit = RetryOptions.most
        if let list = map["strategies"]?.list(example: Self.strategiesExample) {
            options.strategies = list.compactMap(strategy)
            options.limit = min(RetryOptions.most, max(1, list.count))
        }
        if let once = map["retryOnFlakiness"]?.flag(example: "retryOnFlakiness: true") { options.limit = once ? 1 : 0 }
        if let value = map["max"] {
            options.limit =
                value.integer("a whole number from 0 to 3", in: 0...RetryOptions.most, example: "max: 3") ?? 0
        }
        if let value = map["coolDown"]?.duration(allowsZero: true, example: "coolDown: 30s") {
            options.coolDown = value
        }
        return options
    }

    // A person's note is told in the note.
    private func strategy(_ value: YAMLValue) -> RetryStrategy? {
        let known = RetryStrategy.allCases.filter { $0 != .annotated }
        guard let word = value.text(example: Self.strategiesExample) else { return nil }
        guard let strategy = known.first(where: { $0.rawValue == word }) else {
            value.expected("one of \(known.map(\.rawValue).joined(separator: ", "))", example: Self.strategiesExample)
            return nil
        }
        return strategy
    }
}
