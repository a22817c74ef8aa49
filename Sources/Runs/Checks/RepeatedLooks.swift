package import Analysis

/// Looks at one deploy more than once: at every moment of its schedule, or until there is enough to tell.
package struct RepeatedLooks: Sendable {
    /// How long `wait` waits at most: the minute of the deploy is over and stored by then, and the next one, too.
    private static let patience: UInt64 = 180_000_000_000

    private let place: any CheckPlace
    private let looks: [UInt64]
    private let now: @Sendable () -> UInt64
    private let sleep: @Sendable (_ until: UInt64) async throws -> Void

    /// `looks` are nanoseconds after the deploy; `now` is the wall clock and `sleep` waits for it, Unix nanoseconds.
    package init(
        _ place: any CheckPlace,
        looks: [UInt64] = CheckSchedule.standardLooks,
        now: @escaping @Sendable () -> UInt64,
        sleep: @escaping @Sendable (_ until: UInt64) async throws -> Void
    ) {
        self.place = place
        self.looks = looks
        self.now = now
        self.sleep = sleep
    }

    /// Looks until something is wrong or the last look is over.
    ///
    /// `each` gets every report; `waiting` is told of the moment that is waited for, Unix nanoseconds.
    package func watch(
        _ request: CheckRequest,
        waiting: (UInt64) -> Void,
        each: (CheckReport) async throws -> Void
    ) async throws -> CheckReport {
        let deploy = try await place.deploy(request)
        var fixed = request
        // One that nobody marked has no id to be found by.
        if request.deployedAt == nil { fixed.deploy = deploy.id }
        let schedule = CheckSchedule(deployedAt: deploy.at, looks: looks)
        while true {
            let next = schedule.next(after: now())
            if schedule.due(at: now()) != nil {
                let report = try await place.check(fixed)
                try await each(report)
                if report.verdict == .anomalous || next == nil { return report }
            }
            guard let next else { continue }
            waiting(next)
            try await sleep(next)
        }
    }

    /// Looks, and looks again while it is too early to tell and that is a matter of a minute or two.
    package func wait(_ request: CheckRequest, waiting: (UInt64) -> Void) async throws -> CheckReport {
        let deadline = now() + RepeatedLooks.patience
        while true {
            let report = try await place.check(request)
            guard report.verdict == .inconclusive, let again = report.lookAgainAt, again <= deadline else {
                return report
            }
            waiting(again)
            try await sleep(again)
        }
    }
}
