package import Plans

/// Chooses whether and how a test is repeated, by the cause of its status.
package struct RetryPolicy: Sendable {
    private let plan: TestPlan
    private let annotations: [Annotation]
    /// What worked on a test before, by its name.
    private let history: [String: RetryRecord]

    /// A spike that misses its limits by less is worth another try at a lower rate.
    static let marginalExcess = 1.15
    /// "throttled (−30…50 % rate)".
    static let throttle = 0.7
    static let strongThrottle = 0.5
    /// A measurement with less of it may have caught caches and code still cold.
    static let coldWarmup = Duration.seconds(10)
    /// Only what takes this long is worth being shortened, to so much of it.
    static let stagedDuration = Duration.seconds(60)
    static let stagedShare = 0.25

    package init(plan: TestPlan, annotations: [Annotation], history: [String: RetryRecord] = [:]) {
        self.plan = plan
        self.annotations = annotations
        self.history = history
    }

    /// The tests to repeat, each with its strategy; empty ends the matter.
    ///
    /// - Parameters:
    ///   - report: of the last attempt, with the tests of earlier ones that were not repeated.
    ///   - attempt: the coming repetition, from 1.
    /// - Returns: in order of the plan.
    package func steps(after report: RunReport, attempt: Int) -> [RetryStep] {
        plan.tests.compactMap { definition in
            guard let test = report.tests.first(where: { $0.name == definition.name }) else { return nil }
            return step(for: test, definition, attempt: attempt)
        }
    }

    func step(for test: TestReport, _ definition: TestDefinition, attempt: Int) -> RetryStep? {
        let note = annotations.applying(to: definition, in: plan).first { $0.retry != nil }
        let wanted = definition.retriesOnFlakiness || note != nil ? max(1, plan.retry.limit) : plan.retry.limit
        guard test.verdict.status.asksForRetry, test.verdict.gateExclusion == nil,
            attempt <= min(wanted, RetryOptions.most)
        else { return nil }
        if let note, let retry = note.retry, retry != AnnotatedRetry() {
            return RetryStep(
                test: test.name,
                strategy: .annotated,
                cause: note.attribution,
                change: RetryPolicy.change(retry, of: test, definition)
            )
        }
        if !plan.retry.strategies.isEmpty { return planned(for: test, definition, attempt: attempt) }
        if let known = history[test.name], attempt == 1, test.verdict.status != .invalid {
            return RetryStep(
                test: test.name,
                strategy: .guided,
                cause: "\(known.step.strategy.rawValue) worked before",
                change: known.step.change
            )
        }
        let (cause, strategies) = RetryPolicy.strategies(test, definition, isStarted: plan.target.startCommand != nil)
        let strategy = strategies[min(attempt, strategies.count) - 1]
        return RetryStep(
            test: test.name,
            strategy: strategy,
            cause: cause,
            change: RetryPolicy.change(
                strategy,
                definition,
                isRepeated: strategies.prefix(attempt - 1).contains(strategy)
            )
        )
    }

    private func planned(for test: TestReport, _ definition: TestDefinition, attempt: Int) -> RetryStep {
        let strategies = plan.retry.strategies
        let strategy = strategies[min(attempt, strategies.count) - 1]
        let change =
            strategy == .guided
            ? history[test.name]?.step.change ?? RetryChange()
            : RetryPolicy.change(
                strategy,
                definition,
                isRepeated: strategies.prefix(attempt - 1).contains(strategy) || attempt > strategies.count
            )
        return RetryStep(test: test.name, strategy: strategy, cause: "the plan says so", change: change)
    }

    /// "Spike missed by < 15 % → throttled or longer warm-up; CPU over its limit or a first run after a start → warm-start;
    /// infrastructure noise → standard": what to try in turn.
    private static func strategies(
        _ test: TestReport,
        _ definition: TestDefinition,
        isStarted: Bool
    ) -> (cause: String, strategies: [RetryStrategy]) {
        let missed = test.verdict.limits.filter { !$0.isMet }
        if test.verdict.status == .invalid {
            return ("the measurement could not be trusted", [.standard])
        }
        if definition.type == .spike, !missed.isEmpty, missed.allSatisfy({ $0.excess < marginalExcess }) {
            return ("the spike missed its limits by less than 15 %", [.throttled, .warmStart, .throttled])
        }
        if missed.contains(where: { $0.name == "cpu" }) {
            return ("CPU is over its limit", [.warmStart, .throttled, .throttled])
        }
        if isStarted, definition.warmup < coldWarmup {
            return ("the target had just been started", [.warmStart, .standard, .throttled])
        }
        let isLong = definition.duration >= stagedDuration
        return ("no cause is known, it may be noise", [.standard, isLong ? .staged : .warmStart, .throttled])
    }

    private static func change(
        _ strategy: RetryStrategy,
        _ definition: TestDefinition,
        isRepeated: Bool
    ) -> RetryChange {
        var change = RetryChange()
        switch strategy {
        case .standard, .guided, .annotated: break
        case .throttled: change.rateFactor = isRepeated ? strongThrottle : throttle
        case .staged: change.durationFactor = stagedShare
        case .warmStart:
            let fifth = definition.duration / .seconds(5)
            let longest = max(coldWarmup / .seconds(1), 2 * (definition.warmup / .seconds(1)))
            // A short test needs no warm-up longer than itself.
            change.warmupSeconds = min(60, max(longest, fifth), max(1, definition.duration / .seconds(1)))
        }
        return change
    }

    private static func change(
        _ retry: AnnotatedRetry,
        of test: TestReport,
        _ definition: TestDefinition
    ) -> RetryChange {
        var change = RetryChange()
        if let rate = retry.rate, test.load.targetRate > 0 { change.rateFactor = rate / test.load.targetRate }
        if let duration = retry.duration, definition.duration > .zero {
            change.durationFactor = duration / definition.duration
        }
        change.warmupSeconds = retry.warmup.map { $0 / .seconds(1) }
        return change
    }
}
