package import Plans
import Statistics
package import Telemetry

/// Says what load has not held; a pure value.
package struct StepJudge: Sendable, Hashable {
    /// Of the requests asked for, the share that must be answered in time for a rate to count as kept up with.
    static let keptUp = 0.95

    package var objectives: [LoadObjective]

    /// Without objectives the default policy of `spec/contract.md` section 1 holds: errors ≤ 1 %, p95 ≤ 800 ms.
    package init(_ objectives: [LoadObjective]) {
        self.objectives =
            objectives.isEmpty ? [.latency(quantile: 0.95, limit: .milliseconds(800)), .errorRate(0.01)] : objectives
    }

    /// One sentence for each objective missed; empty when all held.
    package func broken(_ load: TestLoad) -> [String] {
        var broken: [String] = []
        let ledger = load.ledger
        if ledger.answered == 0 {
            return ["none of \(ledger.scheduled) requests was answered"]
        }
        for objective in objectives {
            switch objective {
            case .latency(let quantile, let limit):
                let value = Double(load.latency.quantile(quantile)) / 1e6
                let limit = limit / .milliseconds(1)
                if value > limit {
                    broken.append("\(StepJudge.name(quantile)) \(decimal(value)) ms over \(decimal(limit)) ms")
                }
            case .errorRate(let limit):
                if ledger.errorRate > limit {
                    let cause = mostFrequentFailure(of: ledger)
                    broken.append(
                        "errors \(decimal(ledger.errorRate * 100)) % over \(decimal(limit * 100)) % (\(cause))"
                    )
                }
            }
        }
        // A queue that grows all through the step breaks every limit in the end, however short the step.
        if load.achievedRate < StepJudge.keptUp * load.targetRate {
            let rates = "\(decimal(load.achievedRate)) of \(decimal(load.targetRate)) requests/s"
            broken.append("fell behind: answered \(rates)")
        }
        return broken
    }

    /// The first second, from the start of the load, from which every later one holds the latency objectives and has no
    /// more errors than allowed.
    ///
    /// `nil` when the last second with arrivals does not.
    package func secondsUntilHeld(_ seconds: [LoadSecond]) -> Double? {
        let busy = seconds.enumerated().filter { $0.element.scheduled > 0 }
        guard let last = busy.lastIndex(where: { !holds($0.element) }) else { return busy.isEmpty ? nil : 0 }
        return last + 1 < busy.count ? Double(busy[last + 1].offset) : nil
    }

    private func holds(_ second: LoadSecond) -> Bool {
        objectives.allSatisfy { objective in
            switch objective {
            case .latency(let quantile, let limit):
                Double(second.latency.quantile(quantile)) <= limit / .nanoseconds(1)
            case .errorRate(let limit):
                Double(second.failed) <= limit * Double(second.scheduled)
            }
        }
    }

    private func mostFrequentFailure(of ledger: ArrivalLedger) -> String {
        let failures = RequestOutcome.allCases.filter { $0 != .completed && $0 != .aborted }
        return failures.max { ledger[$0] < ledger[$1] }?.name ?? "none"
    }

    private static func name(_ quantile: Double) -> String {
        var text = "\(quantile * 100)"
        if text.hasSuffix(".0") { text.removeLast(2) }
        return "p\(text)"
    }

    private func decimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
    }
}
