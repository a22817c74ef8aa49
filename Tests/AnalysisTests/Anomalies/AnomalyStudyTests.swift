import Correlation
import Foundation
import Telemetry
import Testing

@testable import Analysis

/// How often streaming anomalies are wrong, and how soon they are right: `scripts/eval-anomalies`, in `docs/accuracy.md`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["PLIMSOLL_EVAL_ANOMALIES"] != nil))
struct AnomalyStudyTests {
    private static let days = Int(ProcessInfo.processInfo.environment["PLIMSOLL_EVAL_ANOMALIES"] ?? "") ?? 8
    private static let known = 5
    private static let cells = [
        SimulatedOperation.Cell(spread: 0.05, memory: 0.5), SimulatedOperation.Cell(spread: 0.05, memory: 0.9),
        SimulatedOperation.Cell(spread: 0.1, memory: 0.95),
    ]

    private static func learnt(
        _ cell: SimulatedOperation.Cell,
        seed: UInt64,
        until end: Int
    ) -> (operation: SimulatedOperation, tracker: AnomalyTracker) {
        var operation = SimulatedOperation(cell, seed: seed)
        var tracker = AnomalyTracker(objectives: ServiceObjectives(standard: 0.999))
        for minute in 0..<end { tracker.learn(operation.window(minute)) }
        return (operation, tracker)
    }

    @Test func `days on which nothing happens`() {
        var all = 0
        for (number, cell) in Self.cells.enumerated() {
            var (durations, burns): (Set<String>, Set<String>) = ([], [])
            for day in 0..<Self.days {
                let start = Self.known * SimulatedOperation.day
                var (operation, tracker) = Self.learnt(cell, seed: UInt64(1_000 * number + day + 1), until: start)
                for minute in start..<start + SimulatedOperation.day {
                    for episode in tracker.observe(operation.window(minute)) {
                        let id = "\(day)\(episode.id)"
                        if episode.signal == .burn { burns.insert(id) } else { durations.insert(id) }
                    }
                }
            }
            all += durations.count
            print(
                "EVAL clean \(cell.name): \(durations.count) anomalies, \(burns.count) burns in \(Self.days) operation-days"
            )
        }
        #expect(all <= Self.days * Self.cells.count)
    }

    @Test func `half as slow again, and errors of a twentieth for ten minutes`() {
        for (number, cell) in Self.cells.enumerated() {
            var (slow, failing): ([Int], [Int]) = ([], [])
            let runs = 4 * Self.days
            for run in 0..<runs {
                let seed = UInt64(50_000 + 1_000 * number + run)
                let change = Self.known * SimulatedOperation.day + 60 + run * 47 % 1_300
                var (operation, tracker) = Self.learnt(cell, seed: seed, until: change - 60)
                var (slowAt, burnAt): (Int?, Int?) = (nil, nil)
                for minute in change - 60..<change + 15 {
                    let isChanged = minute >= change
                    let window = operation.window(
                        minute,
                        slowdown: isChanged ? 1.5 : 1,
                        failing: isChanged && minute < change + 10 ? 0.05 : 0
                    )
                    for episode in tracker.observe(window) where isChanged {
                        if episode.signal == .burn { burnAt = burnAt ?? minute } else { slowAt = slowAt ?? minute }
                    }
                }
                // From the change to the end of the window that showed it.
                if let slowAt { slow.append(slowAt - change + 1) }
                if let burnAt { failing.append(burnAt - change + 1) }
            }
            print("EVAL +50 % \(cell.name): \(Self.line(slow, of: runs))")
            print("EVAL 5 % errors \(cell.name): \(Self.line(failing, of: runs))")
            #expect(slow.count * 2 > runs)
            #expect(failing.count * 2 > runs)
        }
    }

    private static func line(_ delays: [Int], of runs: Int) -> String {
        let sorted = delays.sorted()
        guard let last = sorted.last else { return "0 of \(runs)" }
        return
            "\(sorted.count) of \(runs) within 15 min, delay median \(sorted[sorted.count / 2]) min, longest \(last) min"
    }
}
