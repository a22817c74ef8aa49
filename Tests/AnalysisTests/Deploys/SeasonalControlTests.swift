import Analysis
import Correlation
import TestSupport
import Testing

/// A service that becomes slower every morning, deployed in one of them.
struct SeasonalControlTests {
    private static let place = [SyntheticOperation].shop.index(of: "POST /charge")
    private static let day = 24 * 60 * TelemetryWindow.length

    private func look(
        _ fault: SimulatedFault,
        days: [UInt64] = [1, 7],
        others: [DeployMarker] = []
    ) throws -> CheckReport {
        var settings = DeployCheckSettings()
        settings.seasonalDays = days
        var system = SimulatedSystem(
            load: (0.05, 0.9),
            historyMinutes: 240,
            deploys: 1,
            requestsPerSecond: 2,
            rhythm: SyntheticRhythm(
                courses: ["payment": SyntheticRhythm.Course(rise: 8 * 60 + 40, length: 50, height: 0.6)],
                night: 0.5,
                seed: 11
            ),
            days: [1, 7],
            seed: 11
        )
        return system.check(fault, at: try #require(Self.place), number: 0, settings: settings, others: others).0
    }

    @Test func `a slower morning is not blamed on a deploy where earlier mornings are known`() throws {
        #expect(try look(.clean, days: []).verdict == .anomalous)
        #expect(try look(.clean).verdict != .anomalous)
    }

    @Test func `a version that is slower than the morning is found, and the morning is not counted`() throws {
        let report = try look(.slower25)
        #expect(report.verdict == .anomalous)
        #expect(report.culprit?.operation == "POST /charge")
        let finding = try #require(report.findings.first { $0.signal == .location && $0.isWrong })
        let alone = try look(.slower25, days: []).findings.first { $0.signal == .location && $0.isWrong }
        #expect(try #require(finding.ratio) < #require(alone?.ratio))
    }

    @Test func `what other versions changed on the earlier days is no rhythm`() throws {
        let today = try look(.clean).deploy.at
        let others = [1, 7].map { days in
            DeployMarker(service: "payment", version: "0.\(days)", at: today - days * Self.day, source: .declared)
        }
        #expect(try look(.clean, others: others).verdict == .anomalous)
    }

    @Test func `a check says which stretches of time it reads`() {
        let settings = DeployCheckSettings()
        let deploy = 30 * Self.day
        let stretches = settings.stretches(around: deploy, until: deploy + Self.day / 24)
        #expect(stretches.count == 3)
        #expect(stretches.last == deploy - settings.history..<deploy + Self.day / 24)
        for days: UInt64 in [1, 7] { #expect(stretches.contains { $0.contains(deploy - days * Self.day) }) }
        #expect(zip(stretches, stretches.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
        #expect(settings.stretches(around: 5, until: 3) == [0..<3])
        #expect(DeployCheckSettings.quick(window: Self.day / 288).stretches(around: deploy, until: deploy).count == 1)
    }
}
