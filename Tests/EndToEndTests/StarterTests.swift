import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// A new user: an OpenAPI file, `init`, two lines, a verdict.
    @Suite(.repeatedOnBusyMachine) struct Starter {
        private static let api = """
            openapi: 3.1.0
            info: {title: shop, version: "1"}
            paths:
              /healthz: {get: {responses: {"200": {description: well}}}}
              /api/orders/{id}:
                get:
                  parameters: [{name: id, in: path, required: true, schema: {type: integer, minimum: 1, maximum: 200}}]
                  responses: {"200": {description: an order}}
            """

        @Test func `init, two lines, validate, run: a verdict`() async throws {
            let place = try Workplace()
            try FileManager.default.removeItem(atPath: place.directory + "/perf")
            try Self.api.write(toFile: place.directory + "/openapi.yaml", atomically: true, encoding: .utf8)
            let made = try await plimsoll(["init", "--from", "openapi.yaml"], in: place)
            #expect(made.exitCode == 0, "\(made.standardError)")
            #expect(try await plimsoll(["validate"], in: place).exitCode == 0)

            let port = try freePort()
            let path = place.directory + "/perf/test-suite.plan.yaml"
            let plan = try String(contentsOfFile: path, encoding: .utf8)
                .replacing("baseUrl: \"http://127.0.0.1:8080\"", with: "baseUrl: http://127.0.0.1:\(port)")
                .replacing("# start: ./run-server.sh", with: "start: exec '\(Workplace.shop)' all --port \(port)")
                // The starter's own half minute is a person's, not a test's.
                .replacing("duration: 30s", with: "duration: 2s")
                .replacing("warmup: 5s", with: "warmup: 1s")
            try plan.write(toFile: path, atomically: true, encoding: .utf8)
            let checked = try await plimsoll(["validate", "--json"], in: place)
            #expect(checked.standardOutput.contains("\"valid\":true"), "\(checked.standardOutput)")
            let result = try await place.run()
            #expect(result.exitCode == 0, "\(result.standardOutput)\(result.standardError)")
            #expect(try place.json("out/perf-metrics.json")["status"].string == "exploratory")
        }

        @Test func `init overwrites nothing`() async throws {
            let place = try Workplace()
            try place.write("mine", to: "perf-thresholds.yaml")
            let refused = try await plimsoll(["init"], in: place)
            #expect(refused.exitCode == 2)
            #expect(refused.standardError.contains("perf/perf-thresholds.yaml exists already"))
            #expect(!place.exists("perf/test-suite.plan.yaml"))
        }

        @Test func `validate tells what is wrong, for people and for programs`() async throws {
            let place = try Workplace()
            try place.write("tests: [{type: lod, endpoint: /, rps: 1, duration: 1s}]", to: "test-suite.plan.yaml")
            let told = try await plimsoll(["validate"], in: place)
            #expect(told.exitCode == 2)
            #expect(told.standardError.contains("perf/test-suite.plan.yaml:1:16: error:"), "\(told.standardError)")
            let json = try await plimsoll(["validate", "--json"], in: place)
            #expect(json.exitCode == 2)
            let value = try JSONDecoder().decode(JSONValue.self, from: Data(json.standardOutput.utf8))
            #expect(value["diagnostics"][0]["line"].number == 1)
        }

        private func plimsoll(_ arguments: [String], in place: Workplace) async throws -> Command.Result {
            try await Command(Workplace.plimsoll, arguments, directory: place.directory).wait()
        }
    }
}
