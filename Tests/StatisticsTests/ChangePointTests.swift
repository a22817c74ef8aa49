import Foundation
import Statistics
import Testing

@Suite struct ChangePointTests {
    private struct Case: Decodable {
        let series: [Double]?
        let window: Int
        let p: Double
        let magnitude: Double
        let out: [Int]

        var found: [Int] { found(in: series ?? []) }

        func found(in series: [Double]) -> [Int] {
            EnergyDivisive(windowLength: window, maximumP: p, minimumMagnitude: magnitude).changePoints(in: series)
        }
    }

    private struct Published: Decodable {
        let series: [Double]
        let published: [Case]
    }

    private func fixture<Value: Decodable>(_ name: String) throws -> Value {
        let file = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "fixtures/statistics/\(name).json")
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: file))
    }

    @Test func `Otava's published change points are reproduced`() throws {
        let tigerbeetle: Published = try fixture("tigerbeetle")
        #expect(tigerbeetle.published.count == 8)
        for published in tigerbeetle.published {
            let found = published.found(in: tigerbeetle.series)
            #expect(found == published.out, "window \(published.window), p \(published.p), \(published.magnitude)")
        }
    }

    @Test func `the program itself agrees, with its defaults and others`() throws {
        let cases: [Case] = try fixture("otava")
        #expect(cases.count > 20)
        for (index, one) in cases.enumerated() {
            #expect(one.found == one.out, "case \(index), window \(one.window), p \(one.p)")
        }
    }

    @Test func `the largest t and what is left agree with SciPy`() throws {
        for call in try ScipyFixture.load().maxT {
            let found = try #require(MaximumT(NormalScores.of(call.input)))
            #expect(agree(found.statistic, call.output[0] ?? .nan))
            #expect(Double(found.split) == call.output[1])
            #expect(agree(found.autocorrelation, call.output[2] ?? .nan))
        }
    }

    @Test func `steps are found where they are`() {
        var random = SeededRandom(seed: 4)
        var near = 0
        for _ in 0..<20 {
            let series = (0..<50).map { log($0 < 30 ? 100 : 125) + 0.05 * random.normal() }
            let points = RankChangePoints().changePoints(in: series)
            if points.count == 1, abs(points[0].index - 30) <= 1 { near += 1 }
        }
        #expect(near >= 17, "\(near)")
    }

    @Test func `quiet, wandering and spiky histories have none`() {
        var random = SeededRandom(seed: 8)
        var found = 0
        for kind in 0..<3 {
            for _ in 0..<20 {
                var value = 0.0
                let series = (0..<50).map { _ in
                    value = (kind == 1 ? 0.5 : 0) * value + random.normal()
                    return kind == 2 && random.uniform() < 0.05 ? value + 10 : value
                }
                if !RankChangePoints().changePoints(in: series).isEmpty { found += 1 }
            }
        }
        #expect(found <= 4, "\(found) of 60")
    }

    @Test func `short or constant histories say nothing`() {
        #expect(RankChangePoints().changePoints(in: [1, 1, 1, 9, 9, 9]).isEmpty)
        #expect(RankChangePoints().changePoints(in: Array(repeating: 3, count: 40)).isEmpty)
        #expect(EnergyDivisive().changePoints(in: []).isEmpty)
        #expect(EnergyDivisive().changePoints(in: [1]).isEmpty)
    }

    @Test func `the same history gives the same points`() {
        var random = SeededRandom(seed: 2)
        let series = (0..<60).map { Double($0 / 20) + random.normal() / 10 }
        #expect(RankChangePoints().changePoints(in: series) == RankChangePoints().changePoints(in: series))
        #expect(RankChangePoints().changePoints(in: series).map(\.index) == [20, 40])
    }
}
