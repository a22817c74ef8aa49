import Analysis

/// What one repetition knows of those before it.
struct RetryAttempt: Sendable {
    /// From 1.
    let number: Int
    let steps: [RetryStep]
    /// The attempt before, with all tests.
    let before: RunReport

    /// The history up to and with this attempt.
    func history(with report: RunReport) -> RetryHistory {
        var records = before.retry?.records ?? []
        for step in steps {
            guard let old = before.tests.first(where: { $0.name == step.test }),
                let new = report.tests.first(where: { $0.name == step.test })
            else { continue }
            records.append(RetryRecord(attempt: number, step: step, from: old.verdict, to: new.verdict))
        }
        return RetryHistory(attempt: number, records: records)
    }
}
