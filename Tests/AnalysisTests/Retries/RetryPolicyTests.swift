import Correlation
import Plans
import Testing

@testable import Analysis

/// "Retry (at most 3) … Chosen by cause: spike missed by < 15 % → throttled or longer warm-up; CPU over its limit or a first
/// run after a start → warm-start; infrastructure noise → standard" (`spec/contract.md` section 2).
struct RetryPolicyTests {
    private var plan = TestPlan(
        lineageID: "t",
        moduleID: "Shop",
        editionID: "standard",
        target: TargetPlan(baseURL: "http://127.0.0.1:1"),
        tests: []
    )
    private var definition = ScoredTest().definition

    init() {
        plan.retry.limit = 3
    }

    private func test(_ status: TestStatus, missed: [(name: String, excess: Double)] = []) -> TestReport {
        var noise = Noise(seed: 1)
        let test = SimulatedRuns.test(.shop(), &noise)
        let limits = missed.map { name, excess in
            LimitOutcome(name: name, unit: "ms", limit: 1, measured: excess, isMet: false, excess: excess, source: "s")
        }
        return TestReport(
            name: "GET /",
            testType: definition.type,
            verdict: Verdict(
                status: status,
                score: Score(value: 0.4, components: []),
                limits: limits,
                reasons: [],
                isRegressed: false
            ),
            load: LoadSummary(test.load, exemplarTraceIDs: []),
            resources: ResourceUsage(),
            completeness: test.completeness,
            profile: test.profile,
            comparison: nil
        )
    }

    private func strategies(_ test: TestReport, notes: [Annotation] = []) -> [RetryStrategy] {
        let policy = RetryPolicy(plan: plan, annotations: notes)
        return (1...4).compactMap { policy.step(for: test, definition, attempt: $0)?.strategy }
    }

    @Test(arguments: [TestStatus.pass, .exploratory, .warning, .needsReview])
    func `what came out well, or is known to be flaky, is not repeated`(status: TestStatus) {
        #expect(strategies(test(status)).isEmpty)
    }

    @Test(arguments: [0, 1, 2, 3]) func `never more often than the plan says, and than three times`(limit: Int) {
        var copy = self
        copy.plan.retry.limit = limit
        #expect(copy.strategies(test(.fail)).count == limit)
    }

    @Test func `retryOnFlakiness repeats once, whatever the plan says of the others`() {
        var copy = self
        copy.plan.retry.limit = 0
        copy.definition.retriesOnFlakiness = true
        #expect(copy.strategies(test(.degraded)).count == 1)
    }

    @Test func `what the gate does not count is not repeated for it`() {
        var excluded = test(.fail)
        excluded.verdict.gateExclusion = "plan"
        #expect(strategies(excluded).isEmpty)
    }

    @Test func `a spike missed by less than 15 % is throttled, then warmed up, then throttled more`() {
        var copy = self
        copy.definition.type = .spike
        let marginal = test(.degraded, missed: [("latency.p95", 1.14)])
        #expect(copy.strategies(marginal) == [.throttled, .warmStart, .throttled])
        let policy = RetryPolicy(plan: copy.plan, annotations: [])
        let factors = [1, 3].map { policy.step(for: marginal, copy.definition, attempt: $0)?.change.rateFactor }
        #expect(factors == [0.7, 0.5])
        #expect(copy.strategies(test(.fail, missed: [("latency.p95", 1.15)])).first == .standard)
    }

    @Test func `CPU over its limit is warmed up first`() {
        #expect(strategies(test(.degraded, missed: [("cpu", 1.4)])).first == .warmStart)
    }

    @Test func `so is a first run after a start without a warm-up`() {
        var copy = self
        copy.plan.target.startCommand = "./run"
        #expect(copy.strategies(test(.fail)).first == .warmStart)
        copy.definition.warmup = .seconds(10)
        #expect(copy.strategies(test(.fail)).first == .standard)
    }

    @Test func `noise is repeated as it was, a long test shorter the second time`() {
        #expect(strategies(test(.invalid)) == [.standard, .standard, .standard])
        var copy = self
        copy.definition.duration = .seconds(120)
        #expect(copy.strategies(test(.fail)) == [.standard, .staged, .throttled])
        let policy = RetryPolicy(plan: copy.plan, annotations: [])
        #expect(policy.step(for: test(.fail), copy.definition, attempt: 2)?.change.durationFactor == 0.25)
    }

    @Test func `what the plan names is tried in turn, its last again`() {
        var copy = self
        copy.plan.retry.strategies = [.staged, .throttled]
        #expect(copy.strategies(test(.fail)) == [.staged, .throttled, .throttled])
        let policy = RetryPolicy(plan: copy.plan, annotations: [])
        let changes = (1...3).compactMap { policy.step(for: test(.fail), definition, attempt: $0)?.change }
        #expect(changes.map(\.durationFactor) == [0.25, 1, 1] && changes.map(\.rateFactor) == [1, 0.7, 0.5])
        copy.plan.retry.strategies = [.guided]
        #expect(copy.strategies(test(.fail)) == [.guided, .guided, .guided])
    }

    @Test func `a person's changes go before everything`() throws {
        var note = Annotation(source: "studio.annotation.yaml:3")
        var retry = AnnotatedRetry()
        retry.rate = test(.fail).load.targetRate / 2
        retry.duration = definition.duration * 2
        retry.warmup = .seconds(7)
        note.retry = retry
        let step = try #require(
            RetryPolicy(plan: plan, annotations: [note]).step(for: test(.fail), definition, attempt: 1)
        )
        #expect(step.strategy == .annotated && step.cause == "studio.annotation.yaml:3")
        #expect(step.change.rateFactor == 0.5 && step.change.durationFactor == 2 && step.change.warmupSeconds == 7)
    }

    @Test func `what worked before is tried first`() throws {
        var change = RetryChange()
        change.warmupSeconds = 20
        let worked = RetryRecord(
            attempt: 2,
            step: RetryStep(test: "GET /", strategy: .warmStart, cause: "x", change: change),
            from: test(.fail).verdict,
            to: test(.pass).verdict
        )
        let policy = RetryPolicy(plan: plan, annotations: [], history: ["GET /": worked])
        let step = try #require(policy.step(for: test(.fail), definition, attempt: 1))
        #expect(step.strategy == .guided && step.change == change)
        #expect(policy.step(for: test(.fail), definition, attempt: 2)?.strategy != .guided)
    }

    @Test(arguments: [(TestStatus.pass, RetryHistory.Outcome.recovered), (.fail, .escalated), (.warning, .recovered)])
    func `a verdict that changes recovered, one that does not is escalated`(
        status: TestStatus,
        outcome: RetryHistory.Outcome
    ) {
        let step = RetryStep(test: "GET /", strategy: .throttled, cause: "x")
        let record = RetryRecord(attempt: 1, step: step, from: test(.fail).verdict, to: test(status).verdict)
        let history = RetryHistory(attempt: 1, records: [record])
        #expect(history.outcome(of: "GET /") == outcome)
        #expect(history.outcome(of: "GET /other") == nil)
        #expect(history.sentences.first?.contains("attempt 2 counts") == true)
    }
}
