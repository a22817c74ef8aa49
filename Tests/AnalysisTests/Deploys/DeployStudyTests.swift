import Analysis
import TestSupport
import Testing

/// The evaluation of `plimsoll check`: a small one always, the whole one by `scripts/eval-check`.
struct DeployStudyTests {
    @Test func `finds faulty deploys of a simulated system and leaves clean ones alone`() {
        var study = DeployStudy()
        study.run(
            DeployStudy.cells[1],
            systems: 1,
            historyMinutes: 200,
            plan: [
                .clean, .clean, .clean, .clean, .canaryClean, .slower25, .canarySlower, .newError, .errorRate,
                .moreCalls,
                .transient, .costShift,
            ],
            requestsPerSecond: 4,
            spacing: 20,
            looks: [17],
            seed: 5
        )
        #expect(study.falseRate == 0)
        #expect(study.recall25 == 1)
        #expect(study.precision == 1)
        #expect(study.sum([.newError, .errorRate, .moreCalls]).flagged == 3)
    }
}
