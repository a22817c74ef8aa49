package import Plans
import Statistics
package import Telemetry

/// Looks for the highest rate that holds: doubling until a level breaks, then bisection, then a confirmation.
///
/// A level that holds counts at once, since the confirmation checks the last one; a level that breaks is tried again
/// until most attempts agree, because one noisy step would otherwise cut the search short for good. Right after the
/// first overload comes a step at half the rate that had held: is the target well again?
/// Source: `spec/load.md` section 3.6.
package struct StressSearch: StepPlan {
    private enum Phase: Sendable {
        case searching, recovering, confirming, over
    }

    private let settings: StressSettings
    private let judge: StepJudge
    private var phase = Phase.searching
    private var level: Double
    // Of the attempts at this level.
    private var held = 0
    private var broken = 0
    private var invalid = 0
    private var pause = Duration.zero
    private var low: Double?
    private var high: Double?
    private var corrections = 0
    private var line = LoadLine(ending: "")

    package init(_ settings: StressSettings) {
        self.settings = settings
        judge = StepJudge(settings.objectives)
        level = min(settings.startRate, settings.maximumRate)
    }

    package mutating func next(elapsed: Duration) -> StepOrder? {
        if phase == .searching, elapsed >= settings.budget { endSearch("the time of the test was up") }
        defer { pause = .zero }
        switch phase {
        case .over:
            return nil
        case .searching:
            return order(.search, level, settle: settings.settle)
        case .confirming:
            return order(.confirmation, level, settle: settings.settle)
        case .recovering:
            // What counts is how soon it is well, so nothing is left out.
            return order(.recovery, recoveryLevel, settle: .zero)
        }
    }

    package mutating func take(_ load: TestLoad) -> LoadStep {
        switch phase {
        case .recovering:
            var step = LoadStep(role: .recovery, level: recoveryLevel, of: load)
            step.broken = judge.broken(load)
            line.recoverySeconds = judge.secondsUntilHeld(load.seconds)
            line.hasRecovered = line.recoverySeconds != nil
            phase = .searching
            pause = settings.settle
            return step
        case .confirming, .searching, .over:
            var step = LoadStep(role: phase == .confirming ? .confirmation : .search, level: level, of: load)
            step.broken = judge.broken(load)
            count(step)
            return step
        }
    }

    package func isCounted(_ step: LoadStep) -> Bool {
        guard let low else { return step.role == .search }
        if line.isConfirmed { return step.role == .confirmation && step.level == low && step.hasHeld }
        return step.level == low && step.role != .recovery
    }

    package func characteristic(of steps: [LoadStep]) -> LoadCharacteristic? {
        var line = line
        line.rate = low
        line.brokenAt = high
        if let low, let high { line.uncertainty = (high - low) / 2 / low }
        let beyond = steps.filter { $0.role == .search && !$0.broken.isEmpty && $0.level == high }
        line.failureMode = beyond.first?.broken ?? []
        line.knee = knee(of: steps)
        return .loadLine(line)
    }

    // MARK: The search

    private mutating func count(_ step: LoadStep) {
        if !step.invalidReasons.isEmpty {
            invalid += 1
        } else if step.broken.isEmpty {
            held += 1
        } else {
            broken += 1
            pause = settings.settle
        }
        let majority = settings.attempts - settings.brokenOf + 1
        if broken >= settings.brokenOf {
            levelBroke()
        } else if held >= majority || held > 0 && broken == 0 && invalid == 0 {
            levelHeld()
        } else if invalid >= settings.brokenOf || held + broken + invalid >= settings.attempts {
            let reason = step.invalidReasons.first ?? "attempts disagreed"
            endSearch("at \(Int(level)) requests/s the measurement cannot be trusted: \(reason)")
        }
    }

    private mutating func levelHeld() {
        if phase == .confirming {
            line.isConfirmed = true
            phase = .over
            return
        }
        low = level
        guard let high else {
            if level >= settings.maximumRate {
                endSearch("the highest rate that may be tried held")
            } else {
                move(to: min(level * settings.growth, settings.maximumRate))
            }
            return
        }
        narrow(level, high)
    }

    private mutating func levelBroke() {
        if phase == .confirming {
            // What held once by luck does not hold: a little lower.
            high = level
            corrections += 1
            low = level / (1 + 2 * settings.precision)
            if corrections > 3 {
                line.ending += "; no level held when it was tried again"
                phase = .over
            } else {
                move(to: level / (1 + 2 * settings.precision))
            }
            return
        }
        let isFirst = high == nil
        high = level
        if let low {
            narrow(low, level)
            if isFirst && phase == .searching { phase = .recovering }
        } else if level < settings.startRate / 100 {
            line.ending = "not even a hundredth of the first level held"
            phase = .over
        } else {
            move(to: level / settings.growth)
        }
    }

    private mutating func narrow(_ low: Double, _ high: Double) {
        if high / low - 1 <= settings.precision {
            endSearch("the line is known to \(Int((settings.precision * 100).rounded())) %")
        } else {
            move(to: (low * high).squareRoot())
        }
    }

    private mutating func endSearch(_ reason: String) {
        if phase == .confirming {
            line.ending += "; \(reason)"
            phase = .over
            return
        }
        line.ending = reason
        if let low {
            phase = .confirming
            move(to: low)
        } else {
            phase = .over
        }
    }

    private mutating func move(to level: Double) {
        self.level = level
        (held, broken, invalid) = (0, 0, 0)
    }

    private var recoveryLevel: Double { (low ?? level) * settings.recoveryShare }

    private func order(_ role: LoadStep.Role, _ level: Double, settle: Duration) -> StepOrder {
        StepOrder(
            role: role,
            level: level,
            pause: pause,
            load: .steady(level, warmup: settle, duration: settings.step)
        )
    }

    private func knee(of steps: [LoadStep]) -> Double? {
        let rising = steps.filter { $0.role == .search && $0.answered > 0 }.sorted { $0.level < $1.level }
        guard let first = rising.first else { return nil }
        let limit = 2 * first.latency.quantile(0.5)
        return rising.first { $0.latency.quantile(0.5) > limit }?.level
    }
}
