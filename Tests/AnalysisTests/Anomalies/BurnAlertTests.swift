import Correlation
import Telemetry
import TestSupport
import Testing

@testable import Analysis

@Suite struct BurnAlertTests {
    /// 400 requests a minute; `errors` of them fail.
    private static func followed(
        _ minutes: Int,
        objectives: ServiceObjectives = ServiceObjectives(standard: 0.999),
        errors: (Int) -> Int
    ) -> FollowedOperation {
        var followed = FollowedOperation(objectives: objectives)
        for number in 0..<minutes {
            followed.observe(followed.window(number, milliseconds: 20, errors: errors(number)))
        }
        return followed
    }

    @Test func `the table is that of the SRE Workbook`() {
        let minute = TelemetryWindow.length
        #expect(BurnRule.standard.map(\.factor) == [14.4, 6, 1])
        #expect(BurnRule.standard.map { $0.long / minute } == [60, 360, 4_320])
        #expect(BurnRule.standard.map { $0.short / minute } == [5, 30, 360])
        #expect(BurnRule.standard.map(\.severity) == [.critical, .critical, .warning])
        #expect(BurnRule.standard.allSatisfy { $0.long == 12 * $0.short })
        #expect(AnomalyRules().minimumBadRequests == 10)
    }

    /// Twice the rate that the rule asks for, or a tenth less than it asks for, of 0.1 %, since minute 4,400.
    @Test(arguments: [(14.4, 60), (6.0, 360)])
    func `a rate above a rule's fires, a rate below it does not`(factor: Double, long: Int) throws {
        func errors(_ number: Int, _ rate: Double) -> Int {
            let each = rate * 0.001 * 400
            return number < 4_400 ? 0 : Int(each * Double(number + 1)) - Int(each * Double(number))
        }
        let above = Self.followed(4_400 + long) { errors($0, 2 * factor) }
        let burn = try #require(above.tracker.lasting.first)
        #expect(burn.signal == .burn && burn.severity == .critical)
        let below = Self.followed(4_400 + long + 1) { errors($0, 0.9 * factor) }
        #expect(below.anomalies.allSatisfy { ($0.burn?.factor ?? 0) < factor })
    }

    @Test func `three days above the budget are a warning`() throws {
        // 1.5 times what is allowed: 3 in 5,000, too little for a page.
        let followed = Self.followed(4_320) { $0 % 5 < 3 ? 1 : 0 }
        let anomaly = try #require(followed.anomalies.first)
        #expect(followed.anomalies.count == 1)
        #expect(anomaly.severity == .warning)
        #expect(anomaly.burn?.longMinutes == 4_320)
        #expect(abs(anomaly.peak - 1.5) < 0.5)
    }

    @Test func `nine bad requests wake nobody, ten do`() {
        #expect(Self.followed(30) { $0 == 20 ? 9 : 0 }.anomalies.isEmpty)
        #expect(Self.followed(30) { (20..<22).contains($0) ? 90 : 0 }.anomalies.count == 1)
        let ten = Self.followed(8, objectives: ServiceObjectives(standard: 0.9999)) { $0 == 7 ? 10 : 0 }
        let nine = Self.followed(8, objectives: ServiceObjectives(standard: 0.9999)) { $0 == 7 ? 9 : 0 }
        #expect(ten.anomalies.count == 1)
        #expect(nine.anomalies.isEmpty)
    }

    @Test func `it is over when the short stretch is clean, though the long one is not`() throws {
        let followed = Self.followed(800) { (400..<410).contains($0) ? 200 : 0 }
        let anomaly = try #require(followed.anomalies.first)
        #expect(followed.anomalies.count == 1)
        #expect(anomaly.since / TelemetryWindow.length == 400)
        #expect(anomaly.burn?.factor == 14.4)
        // The lasting rule's six hours are the last to be clean: a hundredth of three days' requests have failed.
        #expect((769...775).contains(try #require(anomaly.until) / TelemetryWindow.length))
    }

    @Test func `without an objective nothing burns`() {
        #expect(Self.followed(60, objectives: ServiceObjectives()) { _ in 400 }.anomalies.isEmpty)
        #expect(Self.followed(60, objectives: ServiceObjectives(targets: ["pay": 0.9])) { _ in 400 }.anomalies.isEmpty)
        #expect(
            Self.followed(60, objectives: ServiceObjectives(targets: ["cart": 0.9])) { _ in 400 }.anomalies.count == 1
        )
    }

    @Test func `a service's own target goes before the standard one`() {
        let objectives = ServiceObjectives(standard: 0.999, targets: ["cart": 0.5])
        #expect(Self.followed(60, objectives: objectives) { _ in 100 }.anomalies.isEmpty)
    }

    @Test func `minutes of a clock that was years ahead count no longer once it is set back`() {
        var series = BudgetSeries()
        for minute in 100..<110 as Range<UInt64> { series.add(bad: 1, all: 10, minute: minute, kept: 4_320) }
        series.add(bad: 9, all: 10, minute: 5_000_000, kept: 4_320)
        series.add(bad: 2, all: 10, minute: 110, kept: 4_320)
        #expect(series.sum(minutes: 5, upTo: 110) == BudgetSeries.Sum(bad: 6, all: 50))
        #expect(series.sum(minutes: 4_320, upTo: 110) == BudgetSeries.Sum(bad: 12, all: 110))
    }

    @Test func `sums are those of a plain array, whatever is asked and however long it runs`() {
        var generator = SeededGenerator(seed: 21)
        var series = BudgetSeries()
        var plain: [UInt64: (bad: Int, all: Int)] = [:]
        var minute: UInt64 = 29_000_000
        for _ in 0..<2_000 {
            minute += UInt64.random(in: 1...3, using: &generator)
            let all = Int.random(in: 0...1_000, using: &generator)
            plain[minute] = (all / 7, all)
            series.add(bad: all / 7, all: all, minute: minute, kept: 500)
            let length = UInt64.random(in: 1...500, using: &generator)
            let wanted = plain.filter { $0.key <= minute && $0.key + length > minute }.values
            let sum = series.sum(minutes: length, upTo: minute)
            #expect(
                sum == BudgetSeries.Sum(bad: wanted.reduce(0) { $0 + $1.bad }, all: wanted.reduce(0) { $0 + $1.all })
            )
        }
    }
}
