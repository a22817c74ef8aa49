import Plans
import Testing

/// What earlier runs and normal operation left behind, read into the models.
struct RecordedFilesTests {
    @Test func `a result of before is read flat, nested, and out of a whole run`() throws {
        let flat = try #require(try project("baseline-one.json").recordedBaselines.first)
        #expect(flat.selector == RuleSelector(editionID: "default", testType: .load, endpoint: "/orders"))
        #expect(flat.p95Milliseconds == 42.5 && flat.rate == 60 && flat.score == 0.97)
        #expect(flat.lineageID == "proj-12" && flat.source == "perf-baseline.memory.json:1")
        let nested = try #require(try project("baseline-nested.json").recordedBaselines.first)
        #expect(nested.selector == RuleSelector(moduleID: "Notify", editionID: "premium", testType: .spike))
        #expect(nested.p95Milliseconds == 210)
        let run = try project("baseline-run.json").recordedBaselines
        #expect(run.map(\.p95Milliseconds) == [40, 80])
        #expect(run.map(\.selector.endpoint) == ["GET /checkout", "GET /cart"])
        #expect(run.map(\.selector.testType) == [.load, .soak])
        #expect(run.map(\.isAcceptable) == [true, false])
    }

    @Test func `normal use is read once or for each selector`() throws {
        let one = try #require(try project("profile-one.yaml").runtimeProfile.first)
        #expect(one.selector.moduleID == "CheckoutService" && one.tolerance == 0.5)
        #expect(one.cpuPercent == 45 && one.memoryMiB == 512 && one.networkKiB == 800)
        let list = try project("profile-list.yaml").runtimeProfile
        #expect(list.map(\.tolerance) == [0.25, 0.1])
        #expect(list.map(\.selector.editionID) == ["vetclinic", nil])
        #expect(list[1].memoryMiB == 700)
    }

    @Test func `durations of messages become quantiles, levels of queues their peak`() throws {
        let trace = try #require(try project("events-full.json").eventTrace)
        #expect(trace.events.map(\.name) == ["OrderPlaced", "MailSent"])
        #expect(trace.events.map(\.p50Milliseconds) == [95, 300])
        #expect(trace.events.map(\.p95Milliseconds) == [120, 300])
        #expect(trace.queues.map(\.peakDepth) == [12, 3])
        #expect(trace.peakDepth == 15)
    }

    @Test func `a gate and repetitions stand in the plan`() throws {
        let plan = try PlanFixture.named("valid/gate-and-retry").text
        let project = try TemporaryProject(["test-suite.plan.yaml": plan]).load()
        var gate = GateOptions()
        gate.failsOnDegraded = false
        gate.warnsOnRegression = true
        gate.minimumScore = 0.8
        gate.coversAllEditions = true
        #expect(project.plan.gate == gate)
        #expect(project.plan.retry.limit == 2 && project.plan.retry.coolDown == .seconds(5))
        #expect(project.plan.retry.strategies == [.guided, .staged])
        #expect(project.plan.tests.map(\.excludesFromGate) == [true, false])
        #expect(project.plan.tests.map(\.retriesOnFlakiness) == [false, true])
    }

    @Test func `nothing is repeated, and nothing is lenient, unless the plan says so`() throws {
        let project = try TemporaryProject(["test-suite.plan.yaml": TemporaryProject.simplePlan]).load()
        #expect(project.plan.retry.limit == 0)
        #expect(project.plan.gate == GateOptions())
        #expect(GateOptions().failsOnDegraded && !GateOptions().warnsOnRegression)
    }

    @Test func `all that the service has is known: its own list and its API description`() throws {
        let files = [
            "test-suite.plan.yaml": TemporaryProject.simplePlan,
            "service.metadata.yaml": "endpoints: [/health, { path: /jobs, method: post }]\nqueues: [orders]",
            "generated.api.yaml":
                "openapi: 3.1.0\npaths: { /b: { get: {}, post: {} }, '/a/{id}': { parameters: [], delete: {} } }",
        ]
        let project = try TemporaryProject(files).load()
        #expect(project.knownEndpoints == ["GET /health", "POST /jobs", "DELETE /a/{id}", "GET /b", "POST /b"])
        #expect(project.service.queues == ["orders"])
    }

    private func project(_ fixture: String) throws -> Project {
        let name = fixture.split(separator: ".")
        let file = PlanFixture(name: fixture, text: "").fileName
        let text = try PlanFixture.named("valid/\(name[0])", ending: String(name[1])).text
        return try TemporaryProject(["test-suite.plan.yaml": TemporaryProject.simplePlan, file: text]).load()
    }
}
