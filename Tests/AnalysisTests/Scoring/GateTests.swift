import Testing

@testable import Analysis

/// "Exit codes: 0 pass or warning · 1 the gate failed (fail; degraded too unless `failOnDegraded: false`) · 4 invalid
/// measurement · 130 interrupted" (`spec/contract.md` section 2).
struct GateTests {
    @Test(arguments: [
        ([TestStatus.pass], 0), ([.warning], 0), ([.exploratory], 0), ([.pass, .warning, .exploratory], 0),
        ([.degraded], 1), ([.fail], 1), ([.pass, .fail], 1),
        ([.invalid], 4), ([.fail, .invalid], 4), ([], 4),
    ])
    func `the worst status decides, and an invalid measurement is no verdict`(statuses: [TestStatus], code: Int) {
        #expect(Gate.exitCode(for: statuses) == code)
    }

    @Test func `degraded may be let through, fail may not`() {
        #expect(Gate.exitCode(for: [.degraded], failOnDegraded: false) == 0)
        #expect(Gate.exitCode(for: [.degraded, .fail], failOnDegraded: false) == 1)
    }

    @Test(arguments: [[TestStatus.pass], [.fail], [.invalid], []])
    func `an interruption wins over everything`(statuses: [TestStatus]) {
        #expect(Gate.exitCode(for: statuses, interrupted: true) == 130)
    }
}
