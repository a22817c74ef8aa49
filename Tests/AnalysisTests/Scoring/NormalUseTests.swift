import Correlation
import Plans
import TestSupport
import Testing

@testable import Analysis

/// What lies above normal operation is told with its source, and judges nothing.
struct NormalUseTests {
    private func deviations(_ change: (inout Project, inout TestReport) -> Void) throws -> [String] {
        let definition = ScoredTest().definition
        let plan = TestPlan(
            lineageID: "t",
            moduleID: "Shop",
            editionID: "standard",
            target: TargetPlan(baseURL: "http://127.0.0.1:1"),
            tests: [definition]
        )
        var project = Project(plan: plan, directory: "/")
        var noise = Noise(seed: 1)
        let test = SimulatedRuns.test(.shop(), &noise)
        var report = TestReport(
            name: "GET /",
            testType: .load,
            verdict: ScoredTest().verdict,
            load: LoadSummary(test.load, exemplarTraceIDs: []),
            resources: ResourceUsage(),
            completeness: test.completeness,
            profile: test.profile,
            comparison: nil
        )
        change(&project, &report)
        return NormalUse(project).deviations(report, definition: definition, plan: plan)
    }

    @Test(arguments: [(50.0, 0), (56.0, 0), (57.0, 1)])
    func `CPU above what is normal by more than the tolerance`(cpu: Double, lines: Int) throws {
        let told = try deviations { project, report in
            var rule = RuntimeProfileRule(source: "runtime-profile.yaml:2")
            rule.cpuPercent = 45
            project.runtimeProfile = [rule]
            report.resources.cpuAveragePercent = cpu
        }
        #expect(told.count == lines)
        #expect(told.allSatisfy { $0.contains("+27 %") && $0.contains("runtime-profile.yaml:2") })
    }

    @Test func `without a measurement or an expectation nothing is told`() throws {
        #expect(try deviations { _, report in report.resources.cpuAveragePercent = 900 }.isEmpty)
        let silent = try deviations { project, _ in
            var rule = RuntimeProfileRule(source: "runtime-profile.yaml:2")
            rule.memoryMiB = 10
            project.runtimeProfile = [rule]
        }
        #expect(silent.isEmpty)
    }

    @Test(arguments: [(15.0, 0), (19.0, 1)]) func `queues longer than any recorded`(depth: Double, lines: Int) throws {
        let told = try deviations { project, report in
            var trace = EventTrace(source: "event-trace.json")
            trace.queues = [EventTrace.Queue(name: "a", peakDepth: 12), EventTrace.Queue(name: "b", peakDepth: 3)]
            project.eventTrace = trace
            report.resources.queueDepthPeak = depth
        }
        #expect(told.count == lines)
    }
}
