import Plans
import Statistics
import Telemetry

/// The steps of a latency test: the same low rate with payload after payload.
struct PayloadSweep: StepPlan {
    private let settings: LatencySettings
    private let rate: Double
    private let warmup: Duration
    private var index = 0

    init(_ settings: LatencySettings, of test: TestDefinition) {
        self.settings = settings
        rate = test.rate.settledRate
        warmup = test.warmup
    }

    mutating func next(elapsed: Duration) -> StepOrder? {
        guard index < settings.sizes.count else { return nil }
        let size = settings.sizes[index]
        return StepOrder(
            role: .size,
            level: Double(size),
            load: .steady(rate, warmup: index == 0 ? warmup : .zero, duration: settings.step),
            payload: size
        )
    }

    mutating func take(_ load: TestLoad) -> LoadStep {
        defer { index += 1 }
        return LoadStep(role: .size, level: Double(settings.sizes[index]), of: load)
    }

    func isCounted(_ step: LoadStep) -> Bool { true }

    func characteristic(of steps: [LoadStep]) -> LoadCharacteristic? {
        let points = steps.filter { $0.invalidReasons.isEmpty && $0.answered > 0 }.map { step in
            let median = Double(step.latency.quantile(0.5)) / 1e6
            // Of the median, in milliseconds; never zero, so that no point outweighs all others.
            let error = max((step.latency.quantileLogError(0.5) ?? 0) * median, median / 1000, 1e-6)
            return WeightedLine.Point(x: step.level / 1024, y: median, error: error)
        }
        return WeightedLine(points).map { line in
            .payloadCost(
                PayloadCost(
                    fixed: line.intercept,
                    fixedLow: line.interceptInterval.lowerBound,
                    fixedHigh: line.interceptInterval.upperBound,
                    perKiB: line.slope,
                    perKiBLow: line.slopeInterval.lowerBound,
                    perKiBHigh: line.slopeInterval.upperBound
                )
            )
        }
    }
}

extension TestDefinition {
    /// The test with a payload of so many bytes.
    ///
    /// `{{size}}` in the path or the body stands for the number, `{{payload}}` for so many letters; where neither is
    /// there, the letters are the body.
    func carrying(_ bytes: Int) -> TestDefinition {
        let letters = String(repeating: "x", count: max(0, bytes))
        var isPlaced = false
        func fill(_ text: String) -> String {
            var text = text
            for (token, value) in [("{{size}}", String(bytes)), ("{{payload}}", letters)] {
                while let range = text.firstRange(of: token) {
                    text.replaceSubrange(range, with: value)
                    isPlaced = true
                }
            }
            return text
        }
        var test = self
        test.path = fill(path)
        switch body {
        case .text(let text): test.body = .text(fill(text))
        case .json(let text): test.body = .json(fill(text))
        default: break
        }
        if !isPlaced { test.body = .text(letters) }
        return test
    }
}
