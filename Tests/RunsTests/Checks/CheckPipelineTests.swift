import Analysis
import Baselines
import Correlation
import Telemetry
import TestSupport
import Testing

@testable import Runs

/// One look at a deploy against a store.
struct CheckPipelineTests {
    private static let deploy = SampleDeploy.marker
    private static func moment(_ minutes: Double) -> UInt64 {
        deploy.at + UInt64(minutes * Double(SampleDeploy.minute))
    }

    @Test func `finds what became slower, and keeps the report under the deploy and the moment`() async throws {
        let place = try await CheckedStore.with(minutesAfter: 20, slowdown: 1.6)
        let now = Self.moment(20.5)
        let report = try await CheckPipeline(CheckRequest(service: "payment")).execute(in: place.store, now: now)
        #expect(report.verdict == .anomalous)
        #expect(report.culprit?.service == "payment")
        #expect(report.id == "\(Self.deploy.id)#\(now)")
        #expect(report.checkedAt == now)
        #expect(report.lookAgainAt == nil)
        #expect(try await place.store.check(report.id) == report)
    }

    @Test func `the same look again is the same report, another moment or another question is another one`()
        async throws
    {
        let place = try await CheckedStore.with(minutesAfter: 16)
        let (now, later) = (Self.moment(16), Self.moment(17))
        func look(_ request: CheckRequest, now: UInt64) async throws -> CheckReport {
            try await CheckPipeline(request).execute(in: place.store, now: now)
        }
        let request = CheckRequest(deploy: Self.deploy.id)
        let first = try await look(request, now: now)
        #expect(try await look(request, now: now) == first)
        #expect(try await look(CheckRequest(deploy: Self.deploy.id, at: now), now: later).id == first.id)
        #expect(try await place.store.checks().count == 1)
        var narrow = request
        narrow.windowSeconds = 60
        var promise = request
        promise.objectives = [CheckRequest.Objective(target: 0.99)]
        let ids = [
            first.id, try await look(request, now: later).id, try await look(narrow, now: now).id,
            try await look(promise, now: now).id,
        ]
        #expect(Set(ids).count == 4)
        #expect(try await place.store.checks().count == 4)
    }

    @Test func `a look ahead of the clock is one of now`() async throws {
        let place = try await CheckedStore.with(minutesAfter: 14)
        let now = Self.moment(14)
        let request = CheckRequest(deploy: Self.deploy.id, at: now + 86_400_000_000_000)
        #expect(try await CheckPipeline(request).execute(in: place.store, now: now).checkedAt == now)
    }

    @Test func `a service that promises too much burns its budget`() async throws {
        let place = try await CheckedStore.with(minutesAfter: 20, slowdown: 3)
        var request = CheckRequest(deploy: Self.deploy.id)
        func signals(_ request: CheckRequest) async throws -> Set<CheckFinding.Signal> {
            let report = try await CheckPipeline(request).execute(in: place.store, now: Self.moment(20))
            return Set(report.findings.map(\.signal))
        }
        #expect(try await !signals(request).contains(.burnRate))
        request.objectives = [CheckRequest.Objective(target: 0.99, latencyMilliseconds: 160)]
        #expect(try await signals(request).contains(.burnRate))
    }

    @Test func `a minute after a deploy it says when there will be more to see`() async throws {
        let place = try await CheckedStore.with(minutesAfter: 0)
        let report = try await CheckPipeline(CheckRequest()).execute(in: place.store, now: Self.moment(0.9))
        #expect(report.verdict == .inconclusive)
        // Ten seconds of guard and four bins of ten are over within the first minute; it is stored half a minute later.
        #expect(report.lookAgainAt == Self.moment(1.5))
    }

    @Test func `before the first window it says so, and when there will be one`() async throws {
        let place = try CheckedStore()
        try await place.store.record(Self.deploy)
        let report = try await CheckPipeline(CheckRequest()).execute(in: place.store, now: Self.moment(0.2))
        #expect(report.verdict == .inconclusive && report.summary.contains("no windows yet"))
        #expect(report.lookAgainAt == Self.moment(1.5))
    }

    @Test func `what is unknown or cannot be is a failure in words`() async throws {
        let place = try CheckedStore()
        func failure(_ request: CheckRequest) async -> CheckFailure? {
            do {
                _ = try await CheckPipeline(request).execute(in: place.store, now: Self.moment(20))
                return nil
            } catch {
                return error as? CheckFailure
            }
        }
        #expect(await failure(CheckRequest(service: "cart", version: "2")) == .unknownDeploy("cart 2"))
        try await place.store.record(Self.deploy)
        #expect(await failure(CheckRequest()) == nil)
        #expect(await failure(CheckRequest(deploy: Self.deploy.id, at: Self.deploy.at - 1)) != nil)
        var request = CheckRequest()
        request.windowSeconds = 5
        guard case .unusable = await failure(request) else {
            Issue.record("a window of five seconds was taken")
            return
        }
        request = CheckRequest()
        request.objectives = [CheckRequest.Objective(target: 99.5)]
        #expect(request.problem?.contains("between 0 and 1") == true)
    }

    @Test func `a deploy that nobody marked is named by its service and its time`() async throws {
        let place = try await CheckedStore.with(minutesAfter: 20, slowdown: 1.6)
        var request = CheckRequest(service: "payment", version: "other")
        request.deployedAt = Self.deploy.at
        let report = try await CheckPipeline(request).execute(in: place.store, now: Self.moment(20))
        #expect(report.deploy.version == "other" && report.verdict == .anomalous)
        request.deployedAt = 7
        await #expect(throws: CheckFailure.self) {
            try await CheckPipeline(request).execute(in: place.store, now: Self.moment(20))
        }
    }

    @Test func `a store of months costs no more than the hours around the deploy`() async throws {
        let place = try await CheckedStore.with(minutesAfter: 20, slowdown: 1.6)
        // As if the service had gone on: of what comes more than four hours later nothing is read.
        for hour in 5..<9 as Range<UInt64> {
            try await place.store.record(
                TelemetryWindow(start: Self.deploy.at + hour * 3_600_000_000_000, traces: 0, spans: 0)
            )
        }
        let report = try await CheckPipeline(CheckRequest(deploy: Self.deploy.id))
            .execute(in: place.store, now: Self.moment(60 * 24 * 30))
        #expect(report.verdict == .anomalous)
        #expect(report.points.allSatisfy { $0.start < Self.moment(60 * 4) })
    }

    @Test func `the same hours of the day before are read, too`() async throws {
        let place = try CheckedStore()
        try await place.store.record(Self.deploy)
        let day: UInt64 = 86_400_000_000_000
        // Nothing ran beside it that was not deployed: only the day before can tell what is usual.
        for window in SampleDeploy.windows(after: 20) {
            var alone = window
            alone.operations = window.operations.filter { $0.operation.service == Self.deploy.service }
            try await place.store.record(alone)
            alone.start -= day
            try await place.store.record(alone)
        }
        let request = CheckRequest(deploy: Self.deploy.id)
        let report = try await CheckPipeline(request).execute(in: place.store, now: Self.moment(20))
        #expect(report.control == .seasonal)
    }
}
