import Statistics

/// One thing tested, in both directions, and what is left of it beside all others of the comparison.
struct Hypothesis {
    let pSlower: Double
    let pFaster: Double
    /// Of the log change of whatever speaks loudest.
    let standardError: Double
    private(set) var qSlower = 1.0
    private(set) var qFaster = 1.0
    private var posterior = PosteriorConfidence()

    init(_ test: SeriesTest) {
        self.init([test])
    }

    /// Location and tail as one: Simes in either direction; at least one test.
    init(_ tests: [SeriesTest]) {
        pSlower = MultipleTesting.simes(tests.map(\.pSlower))
        pFaster = MultipleTesting.simes(tests.map(\.pFaster))
        standardError = tests.min { $0.pSlower < $1.pSlower }?.standardError ?? 0
    }

    /// Fills in what only all hypotheses of a comparison together tell: q-values, slowdowns and speedups each as one
    /// family, and how common changes are.
    static func adjust(_ hypotheses: inout [Hypothesis]) {
        let slower = MultipleTesting.benjaminiHochberg(hypotheses.map(\.pSlower))
        let faster = MultipleTesting.benjaminiHochberg(hypotheses.map(\.pFaster))
        let posterior = PosteriorConfidence.fitted(
            to: hypotheses.map { (p: $0.pSlower, standardError: $0.standardError) }
        )
        for index in hypotheses.indices {
            hypotheses[index].qSlower = slower[index]
            hypotheses[index].qFaster = faster[index]
            hypotheses[index].posterior = posterior
        }
    }

    /// The posterior probability of a practical slowdown, 0...1, as far as so many baseline runs can tell.
    func confidence(baselineRuns: Int) -> Double {
        min(
            posterior.value(p: pSlower, standardError: standardError),
            PosteriorConfidence.cap(baselineRuns: baselineRuns)
        )
    }

    /// Regression and improvement need significance and a practical effect; "no change" needs an interval inside the
    /// practical threshold; all else is inconclusive.
    func decision(
        isPracticallySlower: Bool,
        isPracticallyFaster: Bool,
        isEquivalent: Bool,
        confidence: Double,
        settings: ComparisonSettings
    ) -> ChangeDecision {
        if qSlower <= settings.falseDiscoveryRate, isPracticallySlower, confidence >= settings.minimumConfidence {
            return .regression
        }
        if qFaster <= settings.falseDiscoveryRate, isPracticallyFaster { return .improvement }
        return isEquivalent ? .noChange : .inconclusive
    }
}
