import Plans
import Testing

@testable import Analysis

/// "Exit codes: 0 pass or warning · 1 the gate failed (fail; degraded too unless `failOnDegraded: false`) · 4 invalid
/// measurement · 130 interrupted" (`spec/contract.md` section 2).
struct GateTests {
    private func verdict(_ status: TestStatus, score: Double = 1, apart: TestStatus? = nil) -> Verdict {
        var verdict = Verdict(
            status: status,
            score: Score(value: score, components: []),
            limits: [],
            reasons: ["because"],
            isRegressed: false
        )
        verdict.statusApartFromBaseline = apart
        return verdict
    }

    private func decide(_ statuses: [TestStatus], _ options: GateOptions = GateOptions()) -> Int {
        Gate.decide(statuses.map { ("GET /", verdict($0)) }, options: options).exitCode
    }

    @Test(arguments: [
        ([TestStatus.pass], 0), ([.warning], 0), ([.exploratory], 0), ([.pass, .warning, .exploratory], 0),
        ([.needsReview], 0), ([.needsReview, .fail], 1),
        ([.degraded], 1), ([.fail], 1), ([.pass, .fail], 1),
        ([.invalid], 4), ([.fail, .invalid], 4), ([], 4),
    ])
    func `the worst status decides, and an invalid measurement is no verdict`(statuses: [TestStatus], code: Int) {
        #expect(decide(statuses) == code)
    }

    @Test(arguments: [([TestStatus.degraded], 0), ([.degraded, .fail], 1), ([.invalid], 4)])
    func `failOnDegraded: false lets degraded through, and nothing worse`(statuses: [TestStatus], code: Int) {
        var options = GateOptions()
        options.failsOnDegraded = false
        #expect(decide(statuses, options) == code)
    }

    @Test(arguments: [
        (TestStatus.fail, TestStatus.pass, 0), (.degraded, .warning, 0), (.fail, .degraded, 1), (.fail, .fail, 1),
    ])
    func `warnOnRegression: what only the baseline says warns`(status: TestStatus, apart: TestStatus, code: Int) {
        var options = GateOptions()
        options.warnsOnRegression = true
        let decision = Gate.decide([("GET /", verdict(status, apart: apart))], options: options)
        #expect(decision.exitCode == code)
        #expect(decision.notes.isEmpty == (code == 1))
    }

    @Test(arguments: [(0.85, 0), (0.8499, 1), (1, 0)])
    func `minScore: a lower score fails, whatever the status`(score: Double, code: Int) {
        var options = GateOptions()
        options.minimumScore = GateOptions.minimumScoreInPipelines
        let decision = Gate.decide([("GET /", verdict(.warning, score: score))], options: options)
        #expect(decision.exitCode == code)
        #expect(decision.reasons.count == code)
    }

    @Test func `a score that does not count does not gate either`() {
        var options = GateOptions()
        options.minimumScore = 0.85
        var exploratory = verdict(.warning, score: 0.1)
        exploratory.scoreExclusion = "studio.annotation.yaml:2"
        #expect(Gate.decide([("GET /", exploratory)], options: options).isPassed)
    }

    @Test(arguments: [TestStatus.fail, .invalid])
    func `excludeFromGate: the gate is as without the test, and says so`(status: TestStatus) {
        var excluded = verdict(status)
        excluded.gateExclusion = "studio.annotation.yaml:4"
        let decision = Gate.decide([("GET /a", excluded), ("GET /b", verdict(.pass))])
        #expect(decision.isPassed)
        #expect(decision.notes == ["GET /a is \(status.rawValue) and left out of the gate (studio.annotation.yaml:4)"])
    }

    @Test(arguments: [[TestStatus.pass], [.fail], [.invalid], []])
    func `an interruption wins over everything`(statuses: [TestStatus]) {
        #expect(Gate.decide(statuses.map { ("GET /", verdict($0)) }, interrupted: true).exitCode == 130)
    }
}
