import Statistics
import Testing

@Suite struct InferenceTests {
    @Test func `Simes of two is the smaller of twice the least and the largest`() {
        #expect(MultipleTesting.simes([0.01, 0.5]) == 0.02)
        #expect(MultipleTesting.simes([0.04, 0.03]) == 0.04)
        #expect(MultipleTesting.simes([0.2]) == 0.2)
        #expect(MultipleTesting.simes([]) == 1)
    }

    @Test func `moderation pulls a variance towards the prior by their freedoms`() {
        let prior = ModeratedVariance(priorFreedom: 4, priorVariance: 0.0025)
        let (variance, freedom) = prior.posterior(variance: 0.0004, freedom: 2)
        #expect(agree(variance, (4 * 0.0025 + 2 * 0.0004) / 6))
        #expect(freedom == 6)
        let certain = ModeratedVariance(priorFreedom: .infinity, priorVariance: 0.01)
        #expect(certain.posterior(variance: 4, freedom: 9).variance == 0.01)
    }

    @Test func `a prior needs two positive variances`() {
        #expect(ModeratedVariance.fit(variances: [0, 0, 0.1], freedom: 4) == nil)
        #expect(ModeratedVariance.fit(variances: [], freedom: 4) == nil)
    }

    @Test func `a p95 needs 72 records for an interval, a p99 368`() {
        #expect(OrderStatisticInterval(quantile: 0.95, count: 71).upperRank == nil)
        #expect(OrderStatisticInterval(quantile: 0.95, count: 72).upperRank == 72)
        #expect(OrderStatisticInterval(quantile: 0.99, count: 367).upperRank == nil)
        #expect(OrderStatisticInterval(quantile: 0.99, count: 368).upperRank == 368)
    }

    @Test func `a proportion test without data finds nothing`() {
        #expect(ProportionTest(before: 0, of: 0, after: 5, of: 5).p == 1)
        #expect(ProportionTest(before: 3, of: 3, after: 5, of: 5).p == 1)
    }

    @Test func `sparse counts are tested exactly`() {
        let sparse = ProportionTest(before: 0, of: 100, after: 5, of: 100)
        #expect(sparse.p == sparse.fisher)
        let dense = ProportionTest(before: 100, of: 2000, after: 140, of: 2100)
        #expect(dense.p == NormalDistribution.upperTail(dense.z))
    }

    @Test func `confidence is capped by the number of baseline runs`() {
        #expect([1, 2, 3, 4, 5, 10].map { PosteriorConfidence.cap(baselineRuns: $0) } == [0.5, 0.5, 0.8, 0.8, 1, 1])
    }

    @Test func `confidence never falls when evidence grows`() {
        let confidence = PosteriorConfidence()
        let values = [0.4, 0.1, 0.01, 1e-3, 1e-5, 1e-9, 0].map { confidence.value(p: $0, standardError: 0.05) }
        #expect(values == values.sorted())
        #expect(confidence.value(p: 0.6, standardError: 0.05) == 0)
        #expect(values.last.map { $0 > 0.999 && $0 <= 1 } == true)
    }

    @Test func `an empty histogram has no location, spread or quantile error`() {
        let empty = LatencyHistogram()
        #expect(empty.trimmedLogMean() == nil)
        #expect(empty.logDeviation == nil)
        #expect(empty.quantileLogError(0.95) == nil)
        #expect(empty.meanSquare == 0)
    }

    @Test func `quantile error is that of a known distribution`() throws {
        // Log-normal with σ = 0.5 in 20,000 even steps of probability: SE of log p95 is σ √(p(1-p)/n) / φ(z).
        var histogram = LatencyHistogram(subBucketBits: 10)
        let count = 20_000
        for step in 0..<count {
            let z = NormalDistribution.quantile((Double(step) + 0.5) / Double(count))
            histogram.record(UInt64(1e7 * exponential(0.5 * z)))
        }
        let z = NormalDistribution.quantile(0.95)
        let expected = 0.5 * (0.95 * 0.05 / Double(count)).squareRoot() / NormalDistribution.density(z)
        let error = try #require(histogram.quantileLogError(0.95))
        #expect(abs(error / expected - 1) < 0.15)
        let deviation = try #require(histogram.logDeviation)
        #expect(abs(deviation - 0.5) < 0.001)
    }

    private func exponential(_ x: Double) -> Double {
        // e^x by squaring a short series, so that the test shares no code with what it tests.
        var result = 1.0
        var term = 1.0
        for n in 1...20 {
            term *= x / 8 / Double(n)
            result += term
        }
        return (0..<3).reduce(result) { value, _ in value * value }
    }
}
