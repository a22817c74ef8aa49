import Statistics
import Testing

@Suite struct ScipyAgreementTests {
    private let scipy: ScipyFixture

    init() throws {
        scipy = try ScipyFixture.load()
    }

    private func check(
        _ calls: [ScipyFixture.Call],
        relative: Bool = false,
        _ function: ([Double]) -> Double,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(!calls.isEmpty, sourceLocation: sourceLocation)
        for call in calls {
            let ours = function(call.input)
            let agrees = relative ? agreeRelatively(ours, call.output) : agree(ours, call.output)
            #expect(agrees, "\(call.input): \(ours), SciPy \(call.output)", sourceLocation: sourceLocation)
        }
    }

    @Test func `special functions agree`() {
        check(scipy.digamma) { SpecialFunctions.digamma($0[0]) }
        check(scipy.trigamma) { SpecialFunctions.trigamma($0[0]) }
        check(scipy.logGamma) { SpecialFunctions.logGamma($0[0]) }
        check(scipy.incompleteBeta, relative: true) { SpecialFunctions.incompleteBeta($0[2], $0[0], $0[1]) }
    }

    @Test func `inverse trigamma undoes trigamma`() {
        for x in [0.001, 0.05, 0.5, 1, 3.7, 40, 5000] {
            #expect(agreeRelatively(SpecialFunctions.inverseTrigamma(SpecialFunctions.trigamma(x)), x))
        }
        #expect(SpecialFunctions.inverseTrigamma(-1).isNaN)
    }

    @Test func `normal distribution agrees far into the tails`() {
        check(scipy.normalCumulative, relative: true) { NormalDistribution.cumulative($0[0]) }
        check(scipy.normalQuantile, relative: true) { NormalDistribution.quantile($0[0]) }
        #expect(NormalDistribution.quantile(0) == -.infinity)
        #expect(NormalDistribution.quantile(1) == .infinity)
        #expect(NormalDistribution.quantile(1.5).isNaN)
    }

    @Test func `Student distribution agrees far into the tails`() {
        check(scipy.studentUpperTail, relative: true) { StudentDistribution(freedom: $0[1]).upperTail($0[0]) }
        check(scipy.studentQuantile) { StudentDistribution(freedom: $0[1]).quantile($0[0]) }
    }

    @Test func `Student distribution with endless freedom is the normal one`() {
        let student = StudentDistribution(freedom: .infinity)
        #expect(student.upperTail(1.96) == NormalDistribution.upperTail(1.96))
        #expect(student.quantile(0.975) == NormalDistribution.quantile(0.975))
    }

    @Test func `binomial distribution agrees`() {
        check(scipy.binomialCumulative) {
            BinomialDistribution(trials: UInt64($0[1]), probability: $0[2]).cumulative(Int64($0[0]))
        }
    }

    @Test func `order statistic intervals have the ranks of quantile_test`() {
        for call in scipy.orderStatisticInterval {
            let interval = OrderStatisticInterval(quantile: call.input[0], count: UInt64(call.input[1]))
            #expect(interval.lowerRank.map { Double($0) } == call.output[0], "\(call.input)")
            #expect(interval.upperRank.map { Double($0) } == call.output[1], "\(call.input)")
        }
    }

    @Test func `q-values agree with false_discovery_control`() {
        for call in scipy.benjaminiHochberg {
            let ours = MultipleTesting.benjaminiHochberg(call.input)
            for (left, right) in zip(ours, call.output) { #expect(agree(left, right ?? .nan)) }
            #expect(ours.count == call.output.count)
        }
        #expect(MultipleTesting.benjaminiHochberg([]).isEmpty)
    }

    @Test func `proportion tests agree`() {
        func test(_ input: [Double]) -> ProportionTest {
            ProportionTest(
                before: UInt64(input[0]),
                of: UInt64(input[1]),
                after: UInt64(input[2]),
                of: UInt64(input[3])
            )
        }
        check(scipy.fisher) { test($0).fisher }
        check(scipy.twoProportion, relative: true) { NormalDistribution.upperTail(test($0).z) }
    }

    @Test func `trimmed log mean agrees where buckets are one nanosecond wide`() {
        check(scipy.trimmedLogMean) { values in
            var histogram = LatencyHistogram(subBucketBits: 10)
            for value in values { histogram.record(UInt64(value)) }
            return histogram.trimmedLogMean() ?? .nan
        }
    }

    @Test func `median absolute deviation agrees`() {
        check(scipy.medianAbsoluteDeviation) { RobustScale.medianAbsoluteDeviation($0) ?? .nan }
    }

    @Test func `fitted variance prior agrees`() throws {
        for call in scipy.fitVariances {
            let fit = try #require(ModeratedVariance.fit(variances: call.input, freedom: call.freedom ?? 0))
            let expected = call.output[0] ?? .infinity
            #expect(agree(fit.priorFreedom, expected, tolerance: 1e-7), "\(fit.priorFreedom), SciPy \(expected)")
            #expect(agreeRelatively(fit.priorVariance, call.output[1] ?? .nan, tolerance: 1e-7))
        }
    }

    @Test func `posterior confidence agrees`() {
        check(scipy.posteriorConfidence) { PosteriorConfidence().value(p: $0[0], standardError: $0[1]) }
    }
}
