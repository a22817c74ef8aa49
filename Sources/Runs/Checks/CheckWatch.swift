package import Analysis
package import Baselines
import Synchronization

/// The service's own looks: every deploy that the store learns of is looked at on its schedule, and told of.
///
/// What is due is worked out from the store alone, so a restart forgets nothing and repeats nothing: a look is recorded
/// under its scheduled moment. Where several were missed the last one is made, since it sees what the others would have.
/// Safe to use from any task; `look` by one task at a time.
package final class CheckWatch: Sendable {
    /// Counts since the start.
    package struct Progress: Sendable, Hashable {
        package var looks = 0
        package var failedLooks = 0
        /// Messages that were taken.
        package var notices = 0
        package var failedNotices = 0
        /// Reports that nobody was told of, because too many waited already.
        package var droppedNotices = 0
        /// Of the last look or message that failed, without addresses and secrets; `nil` once one succeeds.
        package var lastError: String?

        package init() {}
    }

    /// A report that was made just now, and the look before.
    private struct Notice: Sendable {
        var report: CheckReport
        var previous: CheckReport?
    }

    private struct State {
        var progress = Progress()
        /// Ids of looks that need no thought any more; only of deploys that are still looked at.
        var done: Set<String> = []
        var attempts: [String: Int] = [:]
    }

    /// Older looks are not made up for: by then it is known how the deploy went.
    private static let overdue: UInt64 = 86_400_000_000_000
    /// Newest deploys that are looked after at once.
    private static let deployLimit = 200
    /// Of a look that the store refuses.
    private static let attemptLimit = 3
    private static let waitingNotices = 32
    private static let hour: UInt64 = 3_600_000_000_000

    private let store: BaselineStore
    private let looks: [UInt64]
    private let notices: CheckNotices
    private let now: @Sendable () -> UInt64
    private let state = Mutex(State())
    private let waiting: AsyncStream<Notice>
    private let tell: AsyncStream<Notice>.Continuation

    /// `looks` are nanoseconds after a deploy; `now` is the wall clock, Unix nanoseconds.
    package init(
        store: BaselineStore,
        looks: [UInt64] = CheckSchedule.standardLooks,
        notices: CheckNotices = CheckNotices(),
        now: @escaping @Sendable () -> UInt64
    ) {
        self.store = store
        self.looks = looks
        self.notices = notices
        self.now = now
        (waiting, tell) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(CheckWatch.waitingNotices))
    }

    package var progress: Progress { state.withLock { $0.progress } }

    /// When the service looks at a deploy next, Unix nanoseconds; `nil` when it is done with it.
    package func nextLook(at deploy: DeployMarker) -> UInt64? {
        CheckSchedule(deployedAt: deploy.at, looks: looks).next(after: now())
    }

    /// Looks whenever something is due, until it is cancelled; what cannot be done is in `progress`.
    ///
    /// To be called once. Between two deploys it costs one query of an index every `interval`.
    package func run(every interval: Duration = .seconds(5)) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                // In a task of its own: a server that does not answer must not keep looks waiting.
                for await notice in waiting { await publish(notice) }
            }
            group.addTask { [self] in
                while true {
                    await look()
                    try await Task.sleep(for: interval)
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Makes every look that is due and not recorded; returns their reports.
    @discardableResult
    package func look() async -> [CheckReport] {
        let moment = now()
        var reports: [CheckReport] = []
        do {
            let oldest = CheckWatch.overdue + (looks.max() ?? 0) + CheckSchedule.settling
            let deploys = try await store.deploys(
                in: (moment > oldest ? moment - oldest : 0)..<moment + 1,
                limit: CheckWatch.deployLimit
            )
            let due = CheckWatch.due(deploys, looks: looks, at: moment)
            forget(except: due.map(\.id))
            for look in due where !state.withLock({ $0.done.contains(look.id) }) {
                try Task.checkCancellation()
                if let report = try await make(look) { reports.append(report) }
            }
        } catch is CancellationError {
            return reports
        } catch {
            failed("\(error)")
        }
        return reports
    }

    /// A look whose time has come.
    struct Look: Hashable {
        var deploy: DeployMarker
        /// Unix nanoseconds.
        var moment: UInt64
        /// Those before it, newest first.
        var earlier: [UInt64]

        var id: String { CheckReport.id(of: deploy, at: moment) }
    }

    /// The last look of each deploy whose time has come, oldest first.
    ///
    /// A deploy is looked at until its service is deployed again: from then on the answer would be about the other one. The
    /// same version within an hour, declared and noticed, is one deploy.
    static func due(_ deploys: [DeployMarker], looks: [UInt64], at now: UInt64) -> [Look] {
        var due: [Look] = []
        for (_, markers) in Dictionary(grouping: deploys, by: \.service) {
            var known: [DeployMarker] = []
            for marker in markers.sorted(by: { ($0.at, $0.id) < ($1.at, $1.id) }) {
                let isKnown = known.contains { $0.version == marker.version && marker.at - $0.at <= hour }
                if !isKnown { known.append(marker) }
            }
            for (index, deploy) in known.enumerated() {
                let end = index + 1 < known.count ? known[index + 1].at : .max
                let moments = CheckSchedule(deployedAt: deploy.at, looks: looks).moments.filter { $0 <= min(now, end) }
                guard let moment = moments.last, now - moment <= overdue else { continue }
                // What was missed of a version that is gone is not made up for.
                guard index + 1 == known.count || now - moment <= hour else { continue }
                due.append(Look(deploy: deploy, moment: moment, earlier: moments.dropLast().reversed()))
            }
        }
        return due.sorted { ($0.moment, $0.id) < ($1.moment, $1.id) }
    }

    private func make(_ look: Look) async throws -> CheckReport? {
        guard try await store.check(look.id) == nil else {
            finish(look)
            return nil
        }
        do {
            let request = CheckRequest(deploy: look.deploy.id, at: look.moment)
            let report = try await CheckPipeline(request).execute(in: store, now: now())
            state.withLock {
                $0.progress.looks += 1
                $0.progress.lastError = nil
            }
            finish(look)
            if !notices.isEmpty { enqueue(Notice(report: report, previous: try await previous(of: look))) }
            return report
        } catch is CheckFailure {
            // The deploy was forgotten meanwhile: there is nothing to look at any more.
            finish(look)
        } catch let error as BaselineStoreError {
            failed("\(look.deploy.service) \(look.deploy.version) could not be looked at: \(error)")
            let attempts = state.withLock { state in
                state.attempts[look.id, default: 0] += 1
                return state.attempts[look.id] ?? 0
            }
            if attempts >= CheckWatch.attemptLimit { finish(look) }
        }
        return nil
    }

    /// The look before, if it was made.
    private func previous(of look: Look) async throws -> CheckReport? {
        for moment in look.earlier {
            if let report = try await store.check(CheckReport.id(of: look.deploy, at: moment)) { return report }
        }
        return nil
    }

    private func enqueue(_ notice: Notice) {
        if case .dropped = tell.yield(notice) { state.withLock { $0.progress.droppedNotices += 1 } }
    }

    private func publish(_ notice: Notice) async {
        let outcome = await notices.publish(notice.report, after: notice.previous)
        state.withLock { state in
            state.progress.notices += outcome.sent + (outcome.issue == nil ? 0 : 1)
            state.progress.failedNotices += outcome.failures.count
            if let failure = outcome.failures.first { state.progress.lastError = failure }
        }
    }

    private func finish(_ look: Look) {
        state.withLock { state in
            state.done.insert(look.id)
            state.attempts[look.id] = nil
        }
    }

    private func failed(_ reason: String) {
        state.withLock { state in
            state.progress.failedLooks += 1
            state.progress.lastError = reason
        }
    }

    private func forget(except ids: [String]) {
        state.withLock { state in
            let ids = Set(ids)
            state.done.formIntersection(ids)
            state.attempts = state.attempts.filter { ids.contains($0.key) }
        }
    }
}
