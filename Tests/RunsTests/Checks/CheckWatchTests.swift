import Analysis
import Baselines
import Synchronization
import TestSupport
import Testing

@testable import Runs

/// The service's own looks, with a clock that stands until a test moves it.
struct CheckWatchTests {
    private static let minute = SampleDeploy.minute
    private static let deploy = SampleDeploy.marker

    private static func moment(_ minutes: Double) -> UInt64 {
        UInt64(Int64(deploy.at) + Int64(minutes * Double(minute)))
    }

    private static func marker(_ service: String, _ version: String, at minutes: Double) -> DeployMarker {
        DeployMarker(service: service, version: version, at: moment(minutes), source: .declared)
    }

    private static func watch(
        _ place: CheckedStore,
        _ clock: TestClock,
        notices: CheckNotices = CheckNotices()
    ) -> CheckWatch {
        CheckWatch(store: place.store, notices: notices) { clock.now }
    }

    @Test func `a deploy is looked at four times, each once`() async throws {
        let place = try await CheckedStore.with(minutesAfter: 62)
        let clock = TestClock(Self.moment(1))
        let watch = Self.watch(place, clock)
        var looks: [UInt64] = []
        for minutes in 1...120 {
            clock.now = Self.moment(Double(minutes))
            for report in await watch.look() { looks.append((report.checkedAt - Self.deploy.at) / Self.minute) }
        }
        #expect(looks == [5, 15, 30, 60])
        #expect(watch.progress.looks == 4 && watch.progress.failedLooks == 0)
        #expect(try await place.store.checks(ofDeploy: Self.deploy.id).count == 4)
        #expect(watch.nextLook(at: Self.deploy) == nil)
    }

    @Test func `after a restart what was missed is looked at once, and nothing twice`() async throws {
        let place = try await CheckedStore.with(minutesAfter: 40)
        let clock = TestClock(Self.moment(6))
        #expect(await Self.watch(place, clock).look().count == 1)
        #expect(await Self.watch(place, clock).look().isEmpty)
        // Down from the 6th to the 37th minute: of two missed looks the later one sees what both would have.
        clock.now = Self.moment(37)
        let second = Self.watch(place, clock)
        #expect(await second.look().map(\.checkedAt) == [Self.moment(30.5)])
        #expect(await second.look().isEmpty)
        #expect(await Self.watch(place, clock).look().isEmpty)
        #expect(second.nextLook(at: Self.deploy) == Self.moment(60.5))
    }

    @Test func `deploys of the far past and the future are left alone`() async throws {
        let place = try await CheckedStore.with(minutesAfter: 1)
        let clock = TestClock(Self.moment(60 * 30))
        for number in 0..<50 as Range<Int> {
            try await place.store.record(Self.marker("old\(number)", "1", at: -60 * 24))
            try await place.store.record(Self.marker("new\(number)", "1", at: 60 * 40))
        }
        let watch = Self.watch(place, clock)
        #expect(await watch.look().isEmpty)
        #expect(watch.progress == CheckWatch.Progress())
    }

    @Test func `a history of deploys that is declared at once is looked at for its last one`() {
        let history = (0..<100).map { Self.marker("cart", "1.\($0)", at: Double($0 - 100) * 14) }
        let due = CheckWatch.due(history, looks: CheckSchedule.standardLooks, at: Self.moment(70))
        #expect(due.filter { Self.moment(70) - $0.moment > 60 * Self.minute }.isEmpty)
        #expect(due.count <= 6)
        #expect(due.contains { $0.deploy.version == "1.99" })
    }

    @Test func `looks end where the service is deployed again, and one deploy told twice is one`() {
        let first = Self.marker("cart", "1", at: 0)
        let seen = DeployMarker(service: "cart", version: "1", at: Self.moment(2), source: .observed)
        let second = Self.marker("cart", "2", at: 20)
        func due(at minutes: Double) -> [String] {
            CheckWatch.due([second, seen, first], looks: CheckSchedule.standardLooks, at: Self.moment(minutes))
                .map { "\($0.deploy.version)@\(($0.moment - Self.deploy.at) / Self.minute)" }
        }
        #expect(due(at: 6) == ["1@5"])
        // Of the first version no look is due at half an hour: it was gone then.
        #expect(due(at: 31) == ["1@15", "2@25"])
    }

    @Test func `before anything was received it says so once, and that is no trouble`() async throws {
        let place = try CheckedStore()
        try await place.store.record(Self.deploy)
        let watch = Self.watch(place, TestClock(Self.moment(6)))
        #expect(await watch.look().map(\.verdict) == [.inconclusive])
        #expect(await watch.look().isEmpty)
        #expect(watch.progress.failedLooks == 0 && watch.progress.lastError == nil)
    }

    @Test func `webhooks hear of a deploy when it becomes anomalous, not at every look`() async throws {
        let server = try LoopbackServer { _ in .answer(status: 200) }
        defer { server.stop() }
        let hook = try #require(Webhook("http://127.0.0.1:\(server.port)/?key=hidden", secret: nil))
        let place = try await CheckedStore.with(minutesAfter: 32, slowdown: 1.8)
        let clock = TestClock(Self.moment(16))
        let watch = Self.watch(place, clock, notices: CheckNotices(webhooks: [hook]))
        try await Self.running(watch) {
            guard watch.progress.notices == 1 else { return false }
            clock.now = Self.moment(31)
            return watch.progress.looks == 2
        }
        #expect(server.requests.count == 1)
        #expect(try await place.store.checks().map(\.verdict) == [.anomalous, .anomalous])
    }

    @Test func `a message that nobody takes is tried again, counted, and told without its address`() async throws {
        let server = try LoopbackServer { _ in .answer(status: 503) }
        defer { server.stop() }
        let hook = try #require(Webhook("http://127.0.0.1:\(server.port)/?key=hidden", secret: nil))
        let notices = CheckNotices(webhooks: [hook], isAlways: true, firstPause: .milliseconds(1))
        let place = try await CheckedStore.with(minutesAfter: 16)
        let watch = Self.watch(place, TestClock(Self.moment(16)), notices: notices)
        try await Self.running(watch, until: { watch.progress.failedNotices == 1 })
        #expect(server.requests.count == 4)
        #expect(watch.progress.looks == 1 && watch.progress.notices == 0)
        let error = try #require(watch.progress.lastError)
        #expect(error.contains("4 attempts") && !error.contains("hidden"))
    }

    @Test func `what is told of is what becomes anomalous, and what is fine again`() {
        func report(_ verdict: CheckReport.Verdict) -> CheckReport {
            var report = SampleChecks.all[0].report
            report.verdict = verdict
            return report
        }
        let notices = CheckNotices()
        func told(_ verdict: CheckReport.Verdict, after previous: CheckReport.Verdict?) -> Bool {
            notices.areTold(of: report(verdict), after: previous.map(report))
        }
        #expect(told(.anomalous, after: nil) && told(.anomalous, after: .fine) && told(.fine, after: .anomalous))
        #expect(!told(.anomalous, after: .anomalous) && !told(.fine, after: .inconclusive) && !told(.fine, after: nil))
        #expect(!told(.inconclusive, after: .anomalous))
        #expect(CheckNotices(isAlways: true).areTold(of: report(.inconclusive), after: report(.inconclusive)))
    }

    /// Runs the clockwork until something has become true.
    private static func running(_ watch: CheckWatch, until isDone: @Sendable @escaping () -> Bool) async throws {
        let running = Task { try await watch.run(every: .milliseconds(5)) }
        defer { running.cancel() }
        for _ in 0..<2_000 where !isDone() { try await Task.sleep(for: .milliseconds(5)) }
        #expect(isDone())
    }
}
