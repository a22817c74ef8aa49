import Analysis
import Foundation
import Statistics
import TestSupport

/// How often checks are right about simulated deploys, by what is wrong with them and by how noisy the system is.
///
/// As `plimsoll check --watch` looks: a quarter of an hour and half an hour after the deploy, unless told otherwise.
struct DeployStudy {
    struct Tally {
        var deploys = 0
        /// At any look that was made.
        var flagged = 0
        var inconclusive = 0
        /// Flagged, and the right operation named first.
        var named = 0
        /// Flagged at the first look.
        var first = 0

        var rate: Double { Double(flagged) / Double(max(1, deploys)) }
    }

    struct Cell: Sendable {
        var name: String
        var deviation: Double
        var memory: Double
    }

    static let cells = [
        Cell(name: "calm", deviation: 0, memory: 0),
        Cell(name: "0.05/0.90", deviation: 0.05, memory: 0.9),
        Cell(name: "0.10/0.95", deviation: 0.10, memory: 0.95),
    ]
    static let worst = Cell(name: "0.20/0.98", deviation: 0.20, memory: 0.98)

    /// Half of them clean.
    static let plan: [SimulatedFault] =
        Array(repeating: .clean, count: 8) + [.canaryClean, .canaryClean]
        + [.slower10, .slower10, .slower25, .slower25, .tail, .newError, .errorRate, .moreCalls, .canarySlower]
        + [.transient, .costShift]

    static let morningPlan: [SimulatedFault] = [.clean, .clean, .slower25, .slower10]

    /// Every service feels the day at its own time, and the mail not at all, so that services are no good control of one another.
    static func morning(seed: UInt64) -> SyntheticRhythm {
        var random = SeededRandom(seed: seed ^ 0xDA7)
        var courses: [String: SyntheticRhythm.Course] = [:]
        for service in ["frontend", "orders", "payment", "catalog"] {
            courses[service] = SyntheticRhythm.Course(
                rise: 8 * 60 + 180 * random.uniform(),
                length: 45 + 75 * random.uniform(),
                height: 0.15 + 0.25 * random.uniform()
            )
        }
        return SyntheticRhythm(courses: courses, night: 0.3, seed: seed)
    }

    private(set) var tallies: [String: [SimulatedFault: Tally]] = [:]

    mutating func run(
        _ cell: Cell,
        systems: Int,
        historyMinutes: Int,
        plan: [SimulatedFault] = DeployStudy.plan,
        requestsPerSecond: Double = 10,
        spacing: Int = 33,
        looks: [Int] = [17, 32],
        settings: DeployCheckSettings = DeployCheckSettings(),
        rhythm: ((UInt64) -> SyntheticRhythm)? = nil,
        seed: UInt64
    ) {
        let shop = [SyntheticOperation].shop
        for number in 0..<systems {
            let systemSeed = seed &* 1_000_003 &+ UInt64(number) &* 7_919
            var random = SeededRandom(seed: systemSeed ^ 0xABCD)
            var system = SimulatedSystem(
                load: (cell.deviation, cell.memory),
                historyMinutes: historyMinutes,
                deploys: plan.count,
                requestsPerSecond: requestsPerSecond,
                spacing: spacing,
                rhythm: rhythm?(systemSeed),
                days: rhythm == nil ? [] : settings.seasonalDays,
                seed: systemSeed
            )
            for (index, fault) in plan.shuffled(using: &random).enumerated() {
                guard let name = fault.places.randomElement(using: &random), let place = shop.index(of: name) else {
                    continue
                }
                let (report, later) = system.check(fault, at: place, number: index, looks: looks, settings: settings)
                var tally = tallies[cell.name, default: [:]][fault, default: Tally()]
                tally.deploys += 1
                let last = later ?? report
                let found = report.verdict == .anomalous ? report : last
                if found.verdict == .anomalous { tally.flagged += 1 }
                if report.verdict == .anomalous { tally.first += 1 }
                if found.verdict == .inconclusive { tally.inconclusive += 1 }
                if found.verdict == .anomalous, found.culprit?.operation == name { tally.named += 1 }
                tallies[cell.name, default: [:]][fault] = tally
                if ProcessInfo.processInfo.environment["PLIMSOLL_EVAL_CHECK_VERBOSE"] != nil,
                    (found.verdict == .anomalous) != fault.isWrong
                {
                    print("  ! \(cell.name) \(fault.rawValue) \(name): \(found.verdict) \(found.summary)")
                }
            }
        }
    }

    /// What is asked of a check (`spec/statistics.md`, evaluation plan, item 6).
    var isGood: Bool { precision >= 0.92 && recall25 >= 0.99 && recall10 >= 0.8 && falseRate <= 0.05 }

    func sum(_ faults: [SimulatedFault], _ cells: [Cell] = DeployStudy.cells) -> Tally {
        var sum = Tally()
        for cell in cells {
            for fault in faults {
                guard let tally = tallies[cell.name]?[fault] else { continue }
                sum.deploys += tally.deploys
                sum.flagged += tally.flagged
                sum.inconclusive += tally.inconclusive
                sum.named += tally.named
                sum.first += tally.first
            }
        }
        return sum
    }

    var precision: Double {
        let right = sum(SimulatedFault.allCases.filter(\.isWrong)).flagged
        let all = sum(SimulatedFault.allCases).flagged
        return all > 0 ? Double(right) / Double(all) : 1
    }
    var recall25: Double { sum([.slower25, .canarySlower]).rate }
    var recall10: Double { sum([.slower10]).rate }
    var falseRate: Double { sum([.clean, .canaryClean]).rate }
    /// At the first look alone, a quarter of an hour after the deploy.
    var recall10First: Double { share(\.first, [.slower10]) }
    var falseRateFirst: Double { share(\.first, [.clean, .canaryClean]) }

    private func share(_ count: KeyPath<Tally, Int>, _ faults: [SimulatedFault]) -> Double {
        let tally = sum(faults)
        return Double(tally[keyPath: count]) / Double(max(1, tally.deploys))
    }

    /// Of what was rightly flagged, where the summary names the operation at fault.
    var named: Double {
        let wrong = sum(SimulatedFault.allCases.filter(\.isWrong))
        return Double(wrong.named) / Double(max(1, wrong.flagged))
    }

    func report(title: String) {
        print("\(title): flagged of deploys (inconclusive, named, flagged at the first look)")
        for cell in DeployStudy.cells + [DeployStudy.worst] {
            guard let faults = tallies[cell.name] else { continue }
            for fault in SimulatedFault.allCases {
                guard let tally = faults[fault] else { continue }
                print(
                    "  \(cell.name) \(fault.rawValue): \(tally.flagged) of \(tally.deploys) "
                        + "(\(tally.inconclusive), \(tally.named), \(tally.first))"
                )
            }
        }
    }

    /// What is reported of the worst cell, which counts in no other figure.
    func worst(_ name: String, _ suffix: String) -> String {
        let cells = [DeployStudy.worst]
        func text(_ faults: [SimulatedFault]) -> String { String(format: "%.4f", sum(faults, cells).rate) }
        return "\"\(name)_false_rate\(suffix)\":\(text([.clean, .canaryClean])),"
            + "\"\(name)_recall_25\(suffix)\":\(text([.slower25, .canarySlower])),"
            + "\"\(name)_recall_10\(suffix)\":\(text([.slower10]))"
    }

    func figures(_ suffix: String) -> String {
        let deploys = sum(SimulatedFault.allCases).deploys
        func text(_ value: Double) -> String { String(format: "%.4f", value) }
        return "\"precision\(suffix)\":\(text(precision)),\"recall_25\(suffix)\":\(text(recall25)),"
            + "\"recall_10\(suffix)\":\(text(recall10)),\"false_rate\(suffix)\":\(text(falseRate)),"
            + "\"recall_10_first_look\(suffix)\":\(text(recall10First)),"
            + "\"false_rate_first_look\(suffix)\":\(text(falseRateFirst)),\"named\(suffix)\":\(text(named)),\"deploys\(suffix)\":\(deploys)"
    }
}
