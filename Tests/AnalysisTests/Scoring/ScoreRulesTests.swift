import Testing

@testable import Analysis

/// The table "each in 0…1" of `spec/contract.md` section 2, a row at a time.
struct ScoreRulesTests {
    private func close(_ value: Double, _ expected: Double) -> Bool { abs(value - expected) < 1e-9 }

    @Test(arguments: [(500.0, 1.0), (600, 1), (900, 0.5), (1200, 0), (5000, 0)])
    func `latency: 1 while p95 is within its limit, then linear to 0 at twice the limit`(p95: Double, score: Double) {
        #expect(close(ScoreRules.latency(measured: p95, limit: 600), score))
    }

    @Test(arguments: [(100.0, 1.0), (120, 1), (50, 0.0625), (0, 0)])
    func `throughput: 1 from rpsMin on, else the share to the fourth`(achieved: Double, score: Double) {
        #expect(close(ScoreRules.throughput(achieved: achieved, minimum: 100), score))
    }

    @Test(arguments: [
        (0.01, 0.01, 1.0), (0.03, 0.01, 0.5), (0.05, 0.01, 0), (0.03, 0.03, 1), (0.045, 0.03, 0.5), (0.06, 0.03, 0),
    ])
    func `errors: 1 within the limit, linear to 0 at 5 % or at twice a limit of 2.5 % and more`(
        rate: Double,
        limit: Double,
        score: Double
    ) {
        #expect(close(ScoreRules.errors(rate: rate, limit: limit), score))
    }

    @Test(arguments: [(0.9, 1.0), (0.95, 0.5), (1.0, 0), (1.7, 0)])
    func `CPU: 1 to 90 %, linear to 0 at 100 %`(share: Double, score: Double) {
        #expect(close(ScoreRules.cpu(share: share), score))
    }

    @Test(arguments: [(0.85, 1.0), (0.925, 0.5), (1.0, 0)])
    func `memory: 1 to 85 % of quota, linear to 0 at 100 %`(share: Double, score: Double) {
        #expect(close(ScoreRules.memory(share: share), score))
    }

    @Test(arguments: [(-0.5, 1.0), (-0.1, 1), (-0.05, 0.95), (0, 0.9), (0.2, 0.9), (0.6, 0.45), (1.0, 0), (3.0, 0)])
    func `change: 0.9 to +20 %, rising to 1 at −10 %, falling to 0 at +100 %`(change: Double, score: Double) {
        #expect(close(ScoreRules.baselineDelta(change: change), score))
    }

    @Test(arguments: [(0.90, TestStatus.pass), (0.89, .warning), (0.75, .warning), (0.74, .degraded), (0.49, .fail)])
    func `pass from 0.90, warning from 0.75, degraded from 0.50, else fail`(score: Double, status: TestStatus) {
        #expect(Scorer.status(score: score) == status)
    }
}
