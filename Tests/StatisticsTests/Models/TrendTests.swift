import Statistics
import TestSupport
import Testing

@Suite struct TrendTests {
    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `a rise shows through noise and outliers`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let points = (0..<60).map { x in
            let outlier = x % 13 == 5 ? 500.0 : 0
            return (x: Double(x), y: 100 + 0.5 * Double(x) + Double.random(in: -3...3, using: &random) + outlier)
        }
        let trend = try #require(RobustTrend(points))
        #expect(abs(trend.slope - 0.5) < 0.1)
        #expect(trend.slopeInterval.contains(0.5))
        #expect(trend.confidence > 0.999)
        #expect(abs(trend.value(at: 0) - 100) < 4)
    }

    @Test func `level noise seldom looks like a trend`() {
        var found = 0
        for seed in 1...400 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let points = (0..<40).map { (x: Double($0), y: Double.random(in: 0...1, using: &random)) }
            if let trend = RobustTrend(points), trend.confidence >= 0.95 { found += 1 }
        }
        // 5 % of 400, and three standard deviations.
        #expect(found <= 33)
    }

    @Test func `equal values have no trend`() throws {
        let trend = try #require(RobustTrend((0..<10).map { (x: Double($0), y: 7.0) }))
        #expect(trend.slope == 0 && trend.confidence == 0 && trend.value(at: 99) == 7)
    }

    @Test func `three points are no series`() {
        #expect(RobustTrend([(x: 0, y: 1), (x: 1, y: 2), (x: 2, y: 3)]) == nil)
    }

    @Test func `a weighted line leans on the certain points`() throws {
        let points = [
            WeightedLine.Point(x: 0, y: 2, error: 0.01), WeightedLine.Point(x: 10, y: 7, error: 0.01),
            WeightedLine.Point(x: 5, y: 90, error: 1000),
        ]
        let line = try #require(WeightedLine(points))
        #expect(abs(line.slope - 0.5) < 1e-3 && abs(line.intercept - 2) < 1e-3)
        #expect(line.slopeInterval.contains(0.5) && line.interceptInterval.contains(2))
    }

    @Test func `one payload size gives no line`() {
        #expect(WeightedLine([1.0, 2].map { WeightedLine.Point(x: 3, y: $0, error: 1) }) == nil)
    }
}
