import Analysis
import Synchronization
import TestSupport
import Testing

@testable import Runs

/// `plimsoll check --wait` and `--watch`, with a clock that sleeping moves.
struct RepeatedLooksTests {
    private static let minute = SampleDeploy.minute
    private static let deploy = SampleDeploy.marker

    /// Answers each look with the next of its verdicts.
    private final class Answers: CheckPlace {
        private let verdicts: Mutex<[(CheckReport.Verdict, again: UInt64?)]>
        let requests = Mutex<[CheckRequest]>([])

        init(_ verdicts: [(CheckReport.Verdict, again: UInt64?)]) {
            self.verdicts = Mutex(verdicts)
        }

        func deploy(_ request: CheckRequest) async throws(RunFailure) -> DeployMarker { RepeatedLooksTests.deploy }

        func check(_ request: CheckRequest) async throws(RunFailure) -> CheckReport {
            requests.withLock { $0.append(request) }
            let next = verdicts.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            guard let next else { throw .notCarriedOut("looked too often") }
            var report = SampleChecks.all[0].report
            (report.verdict, report.lookAgainAt) = (next.0, next.again.map { RepeatedLooksTests.deploy.at + $0 })
            return report
        }
    }

    private static func looks(_ answers: Answers, _ clock: TestClock) -> RepeatedLooks {
        RepeatedLooks(answers) {
            clock.now
        } sleep: {
            clock.now = $0
        }
    }

    @Test func `watching ends at the first anomalous look`() async throws {
        let answers = Answers([(.inconclusive, nil), (.fine, nil), (.anomalous, nil)])
        let clock = TestClock(Self.deploy.at + Self.minute)
        var seen: [UInt64] = []
        let report = try await Self.looks(answers, clock).watch(CheckRequest(service: "payment")) { _ in
        } each: { _ in
            seen.append((clock.now - Self.deploy.at) / Self.minute)
        }
        #expect(report.verdict == .anomalous)
        #expect(seen == [5, 15, 30])
        // The deploy that was the newest at first is the one that is watched, whatever comes later.
        #expect(answers.requests.withLock { $0.allSatisfy { $0.deploy == Self.deploy.id } })
    }

    @Test func `watching an old deploy is one look`() async throws {
        let answers = Answers([(.fine, nil)])
        let clock = TestClock(Self.deploy.at + 61 * Self.minute)
        var waits = 0
        _ = try await Self.looks(answers, clock).watch(CheckRequest()) { _ in
            waits += 1
        } each: { _ in
        }
        #expect(waits == 0)
    }

    @Test func `waiting goes on while it is too early, and not for minutes`() async throws {
        let patient = Answers([
            (.inconclusive, again: Self.minute), (.inconclusive, again: 2 * Self.minute), (.fine, nil),
        ])
        let clock = TestClock(Self.deploy.at)
        var waits: [UInt64] = []
        let fine = try await Self.looks(patient, clock).wait(CheckRequest()) { waits.append($0 - Self.deploy.at) }
        #expect(fine.verdict == .fine)
        #expect(waits == [Self.minute, 2 * Self.minute])
        let long = Answers([(.inconclusive, again: 15 * Self.minute)])
        let early = try await Self.looks(long, TestClock(Self.deploy.at)).wait(CheckRequest()) { _ in }
        #expect(early.verdict == .inconclusive)
        let thin = Answers([(.inconclusive, nil)])
        #expect(try await Self.looks(thin, clock).wait(CheckRequest()) { _ in }.verdict == .inconclusive)
    }
}
