/// Reads what only stress, concurrency and latency tests say.
struct ProcedureReader {
    /// Rounded to round numbers, from one user to more than two cores answer at once.
    static let usualUsers = [1, 2, 4, 8, 16, 32, 64]
    static let usualSizes = [0, 1 << 10, 4 << 10, 16 << 10, 64 << 10]

    let type: TestType
    let settings: TestSettings

    /// `nil` after reporting what is wrong with the keys.
    ///
    /// A concurrency test has no `rate`; `duration` is that of the whole test.
    func procedure(rate: Double?, duration: Duration) -> TestProcedure? {
        warnOfForeignKeys()
        switch type {
        case .stress: return stress(from: rate ?? 1, duration)
        case .concurrency: return concurrency(duration)
        case .latency: return latency(duration)
        case .load, .spike, .soak, .composite: return .schedule
        }
    }

    private func warnOfForeignKeys() {
        let owners: [(keys: [String], type: TestType, what: String)] = [
            (["maxRps", "growth", "precision", "slo"], .stress, "only a stress test searches for a load line"),
            (["users"], .concurrency, "only a concurrency test has virtual users"),
            (["sizes"], .latency, "only a latency test sweeps payload sizes"),
        ]
        for owner in owners where owner.type != type {
            for key in owner.keys { settings.own(key)?.warning("has no effect: \(owner.what)") }
        }
        if ![.stress, .concurrency, .latency].contains(type) {
            settings.own("step")?.warning("has no effect: a \(type.rawValue) test has no steps of equal length")
        }
    }

    private func stress(from rate: Double, _ duration: Duration) -> TestProcedure? {
        var search = StressSettings(startRate: rate, budget: duration)
        if let value = settings["maxRps"] {
            guard let given = value.rate(example: "maxRps: 5000") else { return nil }
            guard given >= rate else {
                value.error("the highest rate \(given) is below `rps` (\(rate)), where the search starts")
                return nil
            }
            search.maximumRate = given
        }
        if let value = settings["step"] {
            guard let given = step(value, duration, parts: 2) else { return nil }
            search.step = given
            search.settle = given / 5
        }
        if let value = settings["growth"] {
            guard let given = value.number("a factor from 1.1 to 10", in: 1.1...10, example: "growth: 2") else {
                return nil
            }
            search.growth = given
        }
        if let value = settings["precision"] {
            let range = 0.005...0.5
            guard let given = value.number("a share from 0.005 to 0.5", in: range, example: "precision: 0.02") else {
                return nil
            }
            search.precision = given
        }
        if let value = settings.section("slo") {
            guard let objectives = objectives(value) else { return nil }
            search.objectives = objectives
        }
        return .search(search)
    }

    private func objectives(_ value: YAMLValue) -> [LoadObjective]? {
        let example = "slo: { p95: 300ms, errorRate: 0.01 }"
        let quantiles = [("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99), ("p999", 0.999)]
        let keys = KnownKeys(known: quantiles.map(\.0) + ["errorRate"])
        guard let map = value.map(keys, example: example) else { return nil }
        var objectives: [LoadObjective] = []
        for (name, quantile) in quantiles {
            guard let limit = map[name] else { continue }
            guard let given = limit.duration(example: example) else { return nil }
            objectives.append(.latency(quantile: quantile, limit: given))
        }
        if let limit = map["errorRate"] {
            guard let given = limit.number("a share from 0 to 1", in: 0...1, example: example) else { return nil }
            objectives.append(.errorRate(given))
        }
        if objectives.isEmpty { value.error("the map is empty; example: `\(example)`") }
        return objectives.isEmpty ? nil : objectives
    }

    private func concurrency(_ duration: Duration) -> TestProcedure? {
        var users = ProcedureReader.usualUsers
        if let value = settings["users"] {
            let example = "users: [1, 2, 4, 8, 16]"
            guard let list = value.list(example: example) else { return nil }
            let given = list.compactMap {
                $0.integer("a whole number from 1 to 65535", in: 1...65_535, example: example)
            }
            guard given.count == list.count, !given.isEmpty else { return nil }
            users = Set(given).sorted()
            if users.count < 3 { value.warning("a scalability law needs three numbers of users or more") }
        }
        var part = duration / users.count
        if let value = settings["step"] {
            guard let given = step(value, duration, parts: users.count) else { return nil }
            part = given
        }
        let settle = part / 5
        return .users(ConcurrencySettings(users: users, step: part - settle, settle: settle))
    }

    private func latency(_ duration: Duration) -> TestProcedure? {
        var sizes = ProcedureReader.usualSizes
        if let value = settings["sizes"] {
            let example = "sizes: [0, 1KiB, 16KiB, 64KiB]"
            guard let list = value.list(example: example) else { return nil }
            let given = list.compactMap { size($0, example: example) }
            guard given.count == list.count, !given.isEmpty else { return nil }
            sizes = Set(given).sorted()
            if sizes.count < 2 { value.warning("the cost per KiB needs two sizes or more") }
        }
        var part = duration / sizes.count
        if let value = settings["step"] {
            guard let given = step(value, duration, parts: sizes.count) else { return nil }
            part = given
        }
        return .sizes(LatencySettings(sizes: sizes, step: part))
    }

    private func size(_ value: YAMLValue, example: String) -> Int? {
        if value.scalarText == "0" { return 0 }
        guard let bytes = value.bytes(bareUnit: 1, example: example) else { return nil }
        guard bytes <= 64 << 20 else {
            value.error("the payload is larger than 64MiB; example: `\(example)`")
            return nil
        }
        return bytes
    }

    /// Several steps must fit into the test.
    private func step(_ value: YAMLValue, _ duration: Duration, parts: Int) -> Duration? {
        guard let given = value.duration(example: "step: 10s") else { return nil }
        guard given <= duration / parts else {
            value.error("\(parts) steps of this length do not fit into `duration` (\(duration))")
            return nil
        }
        return given
    }
}
