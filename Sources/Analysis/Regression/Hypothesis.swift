import Statistics

/// One thing tested, in both directions, and what is left of it after Benjamini-Hochberg.
struct Hypothesis {
    let pSlower: Double
    let pFaster: Double
    var qSlower = 1.0
    var qFaster = 1.0

    init(pSlower: Double, pFaster: Double) {
        self.pSlower = pSlower
        self.pFaster = pFaster
    }

    init(_ test: SeriesTest) {
        self.init(pSlower: test.pSlower, pFaster: test.pFaster)
    }

    /// Location and tail as one: Simes in either direction.
    init(_ tests: [SeriesTest]) {
        self.init(
            pSlower: MultipleTesting.simes(tests.map(\.pSlower)),
            pFaster: MultipleTesting.simes(tests.map(\.pFaster))
        )
    }

    /// Fills in the q-values over all hypotheses of a comparison, slowdowns and speedups each as one family.
    static func adjust(_ hypotheses: inout [Hypothesis]) {
        let slower = MultipleTesting.benjaminiHochberg(hypotheses.map(\.pSlower))
        let faster = MultipleTesting.benjaminiHochberg(hypotheses.map(\.pFaster))
        for index in hypotheses.indices {
            hypotheses[index].qSlower = slower[index]
            hypotheses[index].qFaster = faster[index]
        }
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
