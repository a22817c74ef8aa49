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
    var settings = LoadSettings(workers: 2, lagLimit: .milliseconds(250))

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
            plan: TestPlan(
                lineageID: "lineage",
                moduleID: "Module",
                editionID: "edition",
                target: TargetPlan(baseURL: url, headers: headers, secrets: secrets),
                tests: [test]
            ),
            numbering: LoadScenario.numbering,
            runID: "run 1",
            settings: settings
        )
    }

    func run(onProgress: @escaping @Sendable (LoadProgress) -> Void = { _ in }) async throws -> TestLoad {
        let result = try await generator.run(onProgress: onProgress)
        return try #require(result.tests.first)
    }
}
