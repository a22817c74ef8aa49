import LoadGeneration
import Plans
import Telemetry
import Testing

/// A plan with one test against a loopback server, small enough for a test suite.
struct LoadScenario {
    var url: String
    var test: TestDefinition
    var headers: [HeaderField] = []
    var secrets: Set<String> = []
    /// Servers beside the target's that may be reached.
    var allowedOrigins: [String] = []
    var tables: [String: DataTable] = [:]
    /// Lenient, because all suites run at once on few cores; the tests of validity set their own limits.
    var settings = LoadSettings(workers: 2, lagLimit: .seconds(10), cpuLimit: 1)

    static let numbering = RequestNumbering(prefix: 0x0123_4567_89AB_CDEF, key: 0xFEED_F00D_DEAD_BEEF)

    /// 200 requests a second for half a second.
    init(
        url: String,
        rate: Double = 200,
        duration: Duration = .milliseconds(500),
        edit: (inout TestDefinition) -> Void = { _ in }
    ) {
        self.url = url
        test = TestDefinition(
            type: .load,
            name: "GET /",
            path: "/",
            rate: .constant(rate, for: duration),
            duration: duration,
            timeout: .seconds(2),
            connections: 32
        )
        edit(&test)
    }

    var generator: LoadGenerator {
        LoadGenerator(
            plan: plan,
            numbering: LoadScenario.numbering,
            runID: "run 1",
            settings: settings
        )
    }

    private var plan: TestPlan {
        var target = TargetPlan(baseURL: url, headers: headers, secrets: secrets)
        target.allowedOrigins = allowedOrigins
        target.transport = test.transport
        var plan = TestPlan(
            lineageID: "lineage",
            moduleID: "Module",
            editionID: "edition",
            target: target,
            tests: [test]
        )
        plan.tables = tables
        return plan
    }

    func run(onProgress: @escaping @Sendable (LoadProgress) -> Void = { _ in }) async throws -> TestLoad {
        let result = try await generator.run(onProgress: onProgress)
        return try #require(result.tests.first)
    }
}
