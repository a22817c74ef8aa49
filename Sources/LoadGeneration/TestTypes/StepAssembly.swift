import Telemetry

/// Puts the steps of one test together: totals of those that count, samples and seconds of all.
struct StepAssembly {
    private let test: Int
    private var steps: [LoadStep] = []
    private var loads: [TestLoad] = []

    init(test: Int) {
        self.test = test
    }

    var hasSteps: Bool { !steps.isEmpty }
    var sampleCount: Int { loads.reduce(0) { $0 + $1.samples.count } }

    mutating func add(_ load: TestLoad, as step: LoadStep) {
        loads.append(load)
        steps.append(step)
    }

    /// The test's result.
    ///
    /// Where no step counts, all do: a test that measured nothing of worth says what it measured.
    func finished(
        counting isCounted: (LoadStep) -> Bool,
        characteristic: ([LoadStep]) -> LoadCharacteristic?
    ) -> TestLoad {
        guard let first = loads.first else { return TestLoad(test: test, startedAt: 0) }
        var result = TestLoad(test: test, startedAt: first.startedAt)
        let marked = steps.map(isCounted)
        let counted = marked.contains(true) ? marked : marked.map { _ in true }
        var asked = 0.0
        var answered = 0.0
        var seconds = 0.0
        for (load, isCounted) in zip(loads, counted) {
            result.samples += load.samples
            result.droppedSamples += load.droppedSamples
            result.warmup.merge(load.warmup)
            result.addSeconds(
                of: load,
                after: Int(((Double(load.startedAt) - Double(first.startedAt)) / 1e9).rounded())
            )
            guard isCounted else {
                result.warmup.merge(load.ledger)
                continue
            }
            result.addTotals(of: load)
            result.threadCPU = longest(result.threadCPU, load.threadCPU)
            result.invalidReasons += load.invalidReasons.filter { !result.invalidReasons.contains($0) }
            result.countedWindows.append(load.measuredFrom..<max(load.measuredFrom, load.endedAt))
            let length = Double(load.endedAt - load.measuredFrom) / 1e9
            asked += load.targetRate * length
            answered += load.achievedRate * length
            seconds += length
        }
        result.measuredFrom = result.countedWindows.map(\.lowerBound).min() ?? first.measuredFrom
        result.endedAt = result.countedWindows.map(\.upperBound).max() ?? first.endedAt
        result.targetRate = seconds > 0 ? asked / seconds : 0
        result.achievedRate = seconds > 0 ? answered / seconds : 0
        result.steps = steps
        result.characteristic = characteristic(steps)
        return result
    }

    /// The higher share of each thread.
    private func longest(_ left: [Double], _ right: [Double]) -> [Double] {
        (0..<max(left.count, right.count)).map { index in
            max(index < left.count ? left[index] : 0, index < right.count ? right[index] : 0)
        }
    }
}
