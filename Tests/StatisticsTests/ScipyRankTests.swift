import Statistics
import Testing

/// Rank tests, trends and windows against SciPy.
@Suite struct ScipyRankTests {
    private let scipy: ScipyFixture

    init() throws {
        scipy = try ScipyFixture.load()
    }

    @Test func `Mann-Whitney agrees, with ties and without`() {
        for call in scipy.mannWhitney {
            let test = MannWhitneyTest(before: call.x, after: call.y)
            #expect(agree(test.u, call.out.u))
            #expect(agreeRelatively(test.p, call.out.p), "\(test.p), SciPy \(call.out.p)")
            #expect(agreeRelatively(test.pGreater, call.out.greater))
            #expect((test.exactP == nil) == (call.out.exact == nil))
            #expect(agree(test.exactP ?? 0, call.out.exact ?? 0))
        }
    }

    @Test func `Mann-Whitney of histograms is that of their buckets`() {
        var random = SeededRandom(seed: 5)
        let x = (0..<300).map { _ in UInt64(1000 * (1 + random.uniform())) }
        let y = (0..<200).map { _ in UInt64(1200 * (1 + random.uniform())) }
        var (left, right) = (LatencyHistogram(subBucketBits: 5), LatencyHistogram(subBucketBits: 5))
        for value in x { left.record(value) }
        for value in y { right.record(value) }
        func buckets(_ histogram: LatencyHistogram) -> [Double] {
            histogram.buckets.flatMap { Array(repeating: Double($0.range.lowerBound), count: Int($0.count)) }
        }
        let raw = MannWhitneyTest(before: buckets(left), after: buckets(right))
        let binned = MannWhitneyTest(before: left, after: right)
        #expect(agree(raw.u, binned.u))
        #expect(agreeRelatively(raw.p, binned.p))
        #expect(raw.p < 0.05)
    }

    @Test func `nothing to compare is no difference`() {
        #expect(MannWhitneyTest(before: [], after: [1, 2]).p == 1)
        #expect(MannWhitneyTest(before: [3, 3], after: [3, 3, 3]).p == 1)
        #expect(MannWhitneyTest(before: [], after: []).dominance == 0.5)
        #expect(KolmogorovSmirnovTest(before: [], after: [1]).p == 1)
        #expect(HodgesLehmannShift(before: [], after: [1]) == nil)
        #expect(RankCorrelation.spearman([1, 1, 1], [1, 2, 3]) == nil)
        #expect(TheilSenLine(x: [1, 1], y: [1, 2]) == nil)
        #expect(ContingencyTable([[0, 0], [0, 0]]).p == 1)
    }

    @Test func `Kolmogorov-Smirnov agrees, exact and in the limit`() {
        for call in scipy.kolmogorovSmirnov {
            let test = KolmogorovSmirnovTest(before: call.x, after: call.y)
            #expect(agree(test.distance, call.out.d))
            #expect(agree(test.p, call.out.p), "\(test.p), SciPy \(call.out.p)")
            #expect(agree(test.limit, call.out.limit), "\(test.limit), SciPy \(call.out.limit)")
        }
    }

    @Test func `Hodges-Lehmann agrees and its interval covers`() throws {
        for call in scipy.hodgesLehmann {
            let shift = try #require(HodgesLehmannShift(before: call.x, after: call.y))
            #expect(agree(shift.estimate, call.out[0]), "\(shift.estimate), SciPy \(call.out[0])")
            #expect(shift.low <= shift.estimate && shift.estimate <= shift.high)
        }
        var random = SeededRandom(seed: 3)
        let covered = (0..<400).count { _ in
            let x = (0..<15).map { _ in random.normal() }
            let y = (0..<20).map { _ in 1 + random.normal() }
            guard let shift = HodgesLehmannShift(before: x, after: y) else { return false }
            return shift.low <= 1 && 1 <= shift.high
        }
        // 95 % of 400 is 380, with a standard error of 4.4.
        #expect((366...394).contains(covered), "\(covered)")
    }

    @Test func `two-sided Fisher agrees`() {
        for call in scipy.fisherTwoSided {
            let test = ProportionTest(
                before: UInt64(call.input[0]),
                of: UInt64(call.input[1]),
                after: UInt64(call.input[2]),
                of: UInt64(call.input[3])
            )
            #expect(agree(test.fisherTwoSided, call.output), "\(call.input)")
        }
    }

    @Test func `rank correlations agree`() throws {
        for (calls, function) in [
            (scipy.kendall, RankCorrelation.kendall), (scipy.spearman, RankCorrelation.spearman),
        ] {
            for call in calls {
                let result = try #require(function(call.x, call.y))
                #expect(agree(result.coefficient, call.out[0]))
                #expect(agreeRelatively(result.p, call.out[1]), "\(result.p), SciPy \(call.out[1])")
            }
        }
    }

    @Test func `Mann-Kendall is Kendall's test against time`() throws {
        for call in scipy.kendall where call.x == call.x.sorted() && Set(call.x).count == call.x.count {
            #expect(agreeRelatively(MannKendallTest(call.y).plainP, call.out[1]))
            #expect(MannKendallTest(call.y).p >= MannKendallTest(call.y).plainP)
        }
    }

    @Test func `autocorrelated noise is no drift, and a drift is one`() {
        var random = SeededRandom(seed: 11)
        func series(drift: Double, rho: Double) -> [Double] {
            var value = 0.0
            return (0..<50).map { index in
                value = rho * value + random.normal()
                return value + drift * Double(index)
            }
        }
        let plain = (0..<200).count { _ in MannKendallTest(series(drift: 0, rho: 0.5)).plainP < 0.01 }
        let inflated = (0..<200).count { _ in MannKendallTest(series(drift: 0, rho: 0.5)).p < 0.01 }
        let found = (0..<200).count { _ in MannKendallTest(series(drift: 0.1, rho: 0)).p < 0.01 }
        #expect(plain >= 16, "\(plain)")
        #expect(inflated <= 12, "\(inflated)")
        #expect(found >= 180, "\(found)")
    }

    @Test func `Theil-Sen agrees with its interval`() throws {
        for call in scipy.theilSen {
            let line = try #require(TheilSenLine(x: call.x, y: call.y))
            let ours = [line.slope, line.intercept, line.slopeLow, line.slopeHigh]
            for (left, right) in zip(ours, call.out) { #expect(agree(left, right), "\(ours), SciPy \(call.out)") }
        }
    }

    @Test func `least squares agree`() throws {
        for call in scipy.linearFit {
            let fit = try #require(LinearFit(x: call.x, y: call.y))
            #expect(agree(fit.slope, call.out[0]))
            #expect(agree(fit.intercept, call.out[1]))
            #expect(agree(fit.determination, call.out[2]))
        }
    }

    @Test func `chi-squared agrees`() {
        for call in scipy.chiSquareUpperTail {
            let ours = ChiSquareDistribution(freedom: call.input[1]).upperTail(call.input[0])
            #expect(agree(ours, call.output), "\(call.input): \(ours), SciPy \(call.output)")
        }
        for call in scipy.contingency {
            let table = ContingencyTable(call.rows)
            #expect(agree(table.statistic, call.out[0]))
            #expect(agree(table.p, call.out[1]))
            #expect(agree(table.association, call.out[2]))
        }
    }

    @Test func `windows and placebo calibration agree`() throws {
        for call in scipy.exceedance {
            func bins(_ pairs: [[Double]]) -> [WindowExceedance.Bin] {
                pairs.map { .init(requests: $0[0], exceedances: $0[1]) }
            }
            #expect(agree(WindowExceedance(before: bins(call.before), after: bins(call.after)).z, call.out))
        }
        for call in scipy.placebo {
            let calibration = try #require(PlaceboCalibration(history: call.history))
            #expect(agreeRelatively(calibration.p(call.z, bins: call.bins), call.out))
        }
        #expect(PlaceboCalibration(history: [1, 2, 3]) == nil)
        #expect(WindowExceedance(before: [], after: []).z == 0)
    }

    @Test func `moderated t agrees`() {
        for call in scipy.moderatedT {
            let (d, s2, k, r) = (call.input[0], call.input[1], Int(call.input[2]), Int(call.input[3]))
            let prior = ModeratedVariance(priorFreedom: call.input[4], priorVariance: call.input[5])
            let test = ModeratedTest(change: d, variance: s2, runs: r, baselines: k, prior: prior)
            #expect(agreeRelatively(test.pGreater, call.output))
            #expect(agree(test.pGreater + test.pLess, 1))
        }
    }
}
