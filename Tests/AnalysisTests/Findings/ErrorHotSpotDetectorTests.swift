import Analysis
import Correlation
import Testing

@Suite struct ErrorHotSpotDetectorTests {
    private func failing(_ share: Double) -> EndpointModel {
        var model = EndpointModel.shop()
        model.paths[EndpointModel.Shop.ordersQuery].errors = share
        return model
    }

    private func findings(_ run: ComparedRun) -> [Finding] { ErrorHotSpotDetector().findings(in: run) }

    @Test func `the origin of errors is named`() throws {
        let run = SimulatedRuns.compared(failing(0.3), before: .shop(), failed: 36)
        let finding = try #require(findings(run).first)
        #expect(
            finding.culprit == CulpritReference(service: "orders", operation: "SELECT orders", attribute: "IOError")
        )
        #expect(finding.isRegression)
        #expect(finding.severity == .critical)
        #expect(finding.sentence.contains("fails with IOError in "))
        #expect(finding.sentence.contains("(before: 0 %)"))
    }

    @Test func `errors that were there before stand, but have not regressed`() throws {
        let run = SimulatedRuns.compared(failing(0.3), before: failing(0.3), failed: 36)
        let finding = try #require(findings(run).first)
        #expect(!finding.isRegression)
        #expect(finding.severity <= .medium)
    }

    @Test func `without a baseline one call in a hundred is enough`() {
        var noise = Noise(seed: 4)
        let run = SimulatedRuns.run([SimulatedRuns.test(failing(0.2), &noise, failed: 24)])
        #expect(findings(ComparedRun(run: run, comparisons: [nil])).count == 1)
    }

    @Test func `fewer than five errors are not a pattern`() {
        var noise = Noise(seed: 4)
        var test = SimulatedRuns.test(.shop(), &noise)
        let path = EndpointModel.Shop.ordersQuery
        test.profile.paths[path].originErrors = ["IOError": 4]
        #expect(findings(ComparedRun(run: SimulatedRuns.run([test]), comparisons: [nil])).isEmpty)
        test.profile.paths[path].originErrors = ["IOError": 5]
        #expect(findings(ComparedRun(run: SimulatedRuns.run([test]), comparisons: [nil])).count == 1)
    }
}
