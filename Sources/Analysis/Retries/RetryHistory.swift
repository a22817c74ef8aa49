import Plans

/// Every repetition of a run, up to the attempt it is part of.
package struct RetryHistory: Sendable, Hashable, Codable {
    package enum Outcome: String, Sendable, Hashable, Codable {
        case recovered = "recovered after retry"
        case escalated
    }

    /// Of this report: 0 for the first, 1 for the first repetition.
    package var attempt: Int
    /// In order.
    package var records: [RetryRecord]

    package init(attempt: Int, records: [RetryRecord]) {
        self.attempt = attempt
        self.records = records
    }

    /// What became of a test; `nil` for one that was not repeated.
    package func outcome(of test: String) -> Outcome? {
        guard let last = records.last(where: { $0.step.test == test }) else { return nil }
        return last.status.asksForRetry ? .escalated : .recovered
    }

    /// Whether the last attempt of a test ran under another load than the plan's.
    package func isOtherLoad(_ test: String) -> Bool {
        records.last { $0.step.test == test && $0.attempt == attempt }?.step.change.isOtherLoad ?? false
    }

    /// `GET /: recovered after retry 1 (throttled, rate × 0.7): fail, then pass`, one a test.
    package var sentences: [String] {
        var tests: [String] = []
        for record in records where !tests.contains(record.step.test) { tests.append(record.step.test) }
        return tests.compactMap { test in
            let own = records.filter { $0.step.test == test }
            guard let first = own.first, let last = own.last, let outcome = outcome(of: test) else { return nil }
            let path = ([first.originalStatus] + own.map(\.status)).map(\.rawValue).joined(separator: ", then ")
            return "\(test): \(outcome.rawValue), attempt \(last.attempt + 1) counts "
                + "(\(last.step.strategy.rawValue), \(last.step.change.text)): \(path)"
        }
    }
}

extension TestStatus {
    /// "status: fail", degraded, or a measurement that cannot be trusted; known flakiness asks for a person instead.
    package var asksForRetry: Bool { self == .fail || self == .degraded || self == .invalid }
}

extension RunReport {
    /// Of this report: 0 for the first attempt, 1 for the first repetition; in every artifact.
    package var retryAttempt: Int { retry?.attempt ?? 0 }
}
