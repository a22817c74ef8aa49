import Statistics
import TestSupport
import Testing

@Suite struct ScalabilityFitTests {
    private static let users = [1.0, 2, 4, 8, 16, 32, 64, 128, 256]

    @Test(arguments: [(0.02, 0.0005), (0.1, 0.0001), (0.005, 0.00005)], [1 as UInt64, 2, 3, 4, 5])
    func `known coefficients come back within a tenth in spite of noise`(
        coefficients: (sigma: Double, kappa: Double),
        seed: UInt64
    ) throws {
        var random = SeededGenerator(seed: seed)
        let points = ScalabilityFitTests.users.map { n in
            let rate = ScalabilityFitTests.rate(n, 1000, coefficients.sigma, coefficients.kappa)
            // Half a per cent, which is what a step of some seconds has.
            return ScalabilityFit.Point(users: n, rate: rate * (1 + 0.005 * Double.random(in: -1...1, using: &random)))
        }
        let fit = try #require(ScalabilityFit(points))
        #expect(abs(fit.ratePerUser - 1000) < 100)
        #expect(abs(fit.contention / coefficients.sigma - 1) < 0.1)
        #expect(abs(fit.coherency / coefficients.kappa - 1) < 0.1)
        let best = (max(0, 1 - coefficients.sigma) / coefficients.kappa).squareRoot()
        let found = try #require(fit.bestUsers)
        #expect(abs(found / best - 1) < 0.1)
        #expect(fit.determination > 0.99)
    }

    @Test(arguments: [(0.02, 0.0005), (0.1, 0.0001), (0.3, 0.01)])
    func `without noise they come back exactly`(coefficients: (sigma: Double, kappa: Double)) throws {
        let points = ScalabilityFitTests.users.map {
            let rate = ScalabilityFitTests.rate($0, 50, coefficients.sigma, coefficients.kappa)
            return ScalabilityFit.Point(users: $0, rate: rate)
        }
        let fit = try #require(ScalabilityFit(points))
        #expect(abs(fit.ratePerUser / 50 - 1) < 1e-6)
        #expect(abs(fit.contention / coefficients.sigma - 1) < 1e-6)
        #expect(abs(fit.coherency / coefficients.kappa - 1) < 1e-6)
    }

    @Test func `throughput in proportion to users has no best number of them`() throws {
        let fit = try #require(ScalabilityFit([1, 2, 4].map { ScalabilityFit.Point(users: $0, rate: 10 * $0) }))
        #expect(fit.contention == 0 && fit.coherency == 0)
        #expect(fit.bestUsers == nil && fit.bestRate == nil)
        #expect(abs(fit.rate(of: 100) - 1000) < 1e-6)
    }

    @Test func `two numbers of users determine no law`() {
        let points = [1.0, 2, 2].map { ScalabilityFit.Point(users: $0, rate: $0) }
        #expect(ScalabilityFit(points) == nil)
    }

    private static func rate(_ n: Double, _ lambda: Double, _ sigma: Double, _ kappa: Double) -> Double {
        lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1))
    }
}
