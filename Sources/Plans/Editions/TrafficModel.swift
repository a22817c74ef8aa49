/// How an edition's traffic differs from the plan's: factors, each above zero.
package struct TrafficModel: Sendable, Hashable {
    /// Of every rate of open tests.
    package var rate = 1.0
    /// Of the virtual users of concurrency tests.
    package var users = 1.0
    /// Of every test's duration; warm-up excluded.
    package var duration = 1.0

    package init() {}

    /// The same test under this traffic.
    ///
    /// Replayed arrivals keep their times: they are a record, not a rate.
    package func applied(to test: TestDefinition) -> TestDefinition {
        var test = test
        test.duration *= duration
        if test.rate.replay.isEmpty { test.rate.stages = test.rate.stages.map(scaled) }
        switch test.procedure {
        case .schedule: break
        case .search(var search):
            search.startRate *= rate
            search.maximumRate *= rate
            search.step *= duration
            search.settle *= duration
            search.budget *= duration
            test.procedure = .search(search)
        case .users(var settings):
            // Steps that become the same after rounding are one step.
            settings.users = settings.users.map { max(1, Int((Double($0) * users).rounded())) }.uniqued
            settings.step *= duration
            settings.settle *= duration
            test.procedure = .users(settings)
        case .sizes(var settings):
            settings.step *= duration
            test.procedure = .sizes(settings)
        }
        return test
    }

    private func scaled(_ stage: RateShape.Stage) -> RateShape.Stage {
        var stage = stage
        stage.from *= rate
        stage.to *= rate
        stage.duration *= duration
        stage.wave?.amplitude *= rate
        return stage
    }
}

extension [Int] {
    /// Without repetitions of what stands before.
    fileprivate var uniqued: [Int] {
        reduce(into: []) { kept, value in if kept.last != value { kept.append(value) } }
    }
}

extension Duration {
    fileprivate static func *= (duration: inout Duration, factor: Double) {
        duration = factor == 1 ? duration : .nanoseconds(Int64((duration / .nanoseconds(1) * factor).rounded()))
    }
}
