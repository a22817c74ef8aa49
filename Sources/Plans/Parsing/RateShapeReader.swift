/// Turns a test's type, `rps`, `rampUp` and `baseRps` into stages that last exactly its duration.
struct RateShapeReader {
    static let runnable: [TestType] = [.load, .spike, .soak, .composite]
    static let largestRate = 1_000_000.0

    let type: TestType
    let settings: TestSettings

    /// `nil` after reporting what is wrong with the keys.
    func shape(rate: Double, duration: Duration) -> RateShape? {
        if type != .load, type != .composite, let rampUp = settings.own("rampUp") {
            rampUp.warning("has no effect: only load and composite tests ramp up")
        }
        if type != .spike, let baseRate = settings.own("baseRps") {
            baseRate.warning("has no effect: only a spike test has a base rate")
        }
        switch type {
        case .load, .composite: return ramp(to: rate, duration)
        case .spike: return spike(to: rate, duration)
        case .soak: return .constant(rate, for: duration)
        case .stress, .concurrency, .latency: return nil
        }
    }

    /// Linear from zero during `rampUp`, then hold.
    private func ramp(to rate: Double, _ duration: Duration) -> RateShape? {
        var rampUp = duration / 10
        if let value = settings["rampUp"] {
            guard let given = value.duration(allowsZero: true, example: "rampUp: 30s") else { return nil }
            guard given < duration else {
                value.error("the ramp takes the whole test; it must be shorter than `duration` (\(duration))")
                return nil
            }
            rampUp = given
        }
        let hold = RateShape.Stage(from: rate, to: rate, duration: duration - rampUp)
        guard rampUp > .zero else { return RateShape(stages: [hold]) }
        return RateShape(stages: [RateShape.Stage(from: 0, to: rate, duration: rampUp), hold])
    }

    /// A third of the time at the base rate, a jump, a third at the full rate, back, and the rest at the base rate to
    /// see the recovery.
    private func spike(to rate: Double, _ duration: Duration) -> RateShape? {
        var base = rate / 10
        if let value = settings["baseRps"] {
            guard let given = value.rate(example: "baseRps: 50") else { return nil }
            guard given < rate else {
                value.error("the base rate \(given) is not below `rps` (\(rate)), so there is no spike")
                return nil
            }
            base = given
        }
        // At most a second, and short against the test where that is itself short.
        let jump = min(.seconds(1), duration / 30)
        let third = duration / 3
        return RateShape(stages: [
            RateShape.Stage(from: base, to: base, duration: third),
            RateShape.Stage(from: base, to: rate, duration: jump),
            RateShape.Stage(from: rate, to: rate, duration: third),
            RateShape.Stage(from: rate, to: base, duration: jump),
            RateShape.Stage(from: base, to: base, duration: duration - third * 2 - jump * 2),
        ])
    }
}

extension YAMLValue {
    /// Requests per second.
    func rate(example: String) -> Double? {
        number(
            "a number of requests per second above 0, at most 1000000",
            in: Double.leastNormalMagnitude...RateShapeReader.largestRate,
            example: example
        )
    }
}
