import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite struct BadInput {
        @Test func `no plan names where it looked and shows an example`() async throws {
            let place = try Workplace()
            let result = try await place.run()
            #expect(result.exitCode == 2)
            #expect(result.standardError.contains("test-suite.plan.yaml"))
            #expect(!place.exists("out"))
        }

        @Test(arguments: [
            ("tests: [load: {", "test-suite.plan.yaml:2:1: error: broken YAML"),
            ("target: {baseUrl: http://127.0.0.1:1}\ntests:\n  - type: load\n    rps: many\n", ":4:10: error:"),
            ("target: {baseUrl: http://127.0.0.1:1}\ntests:\n  - type: load\n    rps: -5\n", ":4:10: error:"),
            ("target: {baseUrl: http://127.0.0.1:1}\ntests:\n  - type: lod\n", ":3:11: error:"),
        ])
        func `a broken plan is one line with its place`(plan: String, place expected: String) async throws {
            let place = try Workplace()
            try place.write(plan, to: "test-suite.plan.yaml")
            let result = try await place.run()
            #expect(result.exitCode == 2)
            let lines = result.standardError.split(separator: "\n")
            #expect(lines.contains { $0.contains(expected) }, "\(result.standardError)")
            #expect(lines.allSatisfy { $0.contains("test-suite.plan.yaml:") }, "\(result.standardError)")
        }

        @Test func `an unknown key is a warning with a suggestion`() async throws {
            let place = try Workplace()
            let plan = """
                target: {baseUrl: "http://127.0.0.1:\(try freePort())", healthCheck: {timeout: 300ms}}
                tests:
                  - type: load
                    endpoint: GET /
                    rps: 5
                    duraton: 1s
                """
            try place.write(plan, to: "test-suite.plan.yaml")
            let result = try await place.run()
            #expect(result.standardError.contains("test-suite.plan.yaml:6:5: warning:"), "\(result.standardError)")
            #expect(result.standardError.contains("duration"))
        }

        @Test func `an unknown template is found before the target starts`() async throws {
            let place = try Workplace()
            let plan = try plan(start: "touch started").replacing("GET /,", with: "\"GET /{{uid}}\",")
            try place.write(plan, to: "test-suite.plan.yaml")
            let result = try await place.run()
            #expect(result.exitCode == 2, "\(result.standardError)")
            #expect(result.standardError.contains("{{uid}}"), "\(result.standardError)")
            #expect(!place.exists("started") && !place.exists("perf/started"))
        }

        @Test func `a target that does not start ends with 3 and its last words`() async throws {
            let place = try Workplace()
            try place.write(plan(start: "echo cannot open the shop; exit 7"), to: "test-suite.plan.yaml")
            let result = try await place.run()
            #expect(result.exitCode == 3)
            #expect(result.standardError.contains("ended before it was healthy"), "\(result.standardError)")
            #expect(result.standardError.contains("cannot open the shop"))
        }

        @Test func `a target that never gets healthy ends with 3 and nothing left running`() async throws {
            let place = try Workplace()
            let marker = "sleep 98\(Int.random(in: 1000...9999))"
            try place.write(plan(start: "\(marker) & \(marker)"), to: "test-suite.plan.yaml")
            let result = try await place.run()
            #expect(result.exitCode == 3)
            #expect(result.standardError.contains("not healthy after 0.5 s"), "\(result.standardError)")
            #expect(try await processes(matching: marker).isEmpty)
        }

        @Test func `a target that is not there ends with 3`() async throws {
            let place = try Workplace()
            try place.write(plan(start: nil), to: "test-suite.plan.yaml")
            let result = try await place.run()
            #expect(result.exitCode == 3)
            #expect(result.standardError.contains("not healthy"), "\(result.standardError)")
        }

        @Test func `a taken OTLP port ends with 3 and names the port`() async throws {
            let place = try Workplace()
            let occupied = try OccupiedPort()
            try place.write(plan(start: "sleep 30"), to: "test-suite.plan.yaml")
            let result = try await withExtendedLifetime(occupied) {
                try Command(
                    Workplace.plimsoll,
                    ["run", "perf", "--store", place.store, "--otlp-port", "\(occupied.port)"],
                    directory: place.directory
                )
            }.wait()
            #expect(result.exitCode == 3)
            #expect(result.standardError.contains("\(occupied.port)"), "\(result.standardError)")
            #expect(result.standardError.split(separator: "\n").last?.hasPrefix("plimsoll: error:") == true)
        }

        @Test func `a target whose port is taken ends with 3 before anything starts`() async throws {
            let place = try Workplace()
            let server = try await PythonServer.start()
            defer { server.stop() }
            try place.write(plan(start: "sleep 30", port: server.port), to: "test-suite.plan.yaml")
            let result = try await place.run()
            #expect(result.exitCode == 3)
            #expect(result.standardError.contains("already answers"), "\(result.standardError)")
        }

        @Test func `a usage error ends with 2`() async throws {
            let result = try await Command(Workplace.plimsoll, ["run", "--no-such-flag"]).wait()
            #expect(result.exitCode == 2)
            #expect(result.standardError.contains("--no-such-flag"))
        }

        private func plan(start: String?, port: Int? = nil) throws -> String {
            let port = try port ?? freePort()
            let line = start.map { "\n  start: '\($0)'" } ?? ""
            return """
                target:
                  baseUrl: http://127.0.0.1:\(port)\(line)
                  healthCheck: {path: /, timeout: 500ms}
                tests:
                  - {type: load, endpoint: GET /, rps: 5, duration: 1s}
                """
        }
    }
}

/// Command lines of living processes that contain `text`.
func processes(matching text: String) async throws -> [String] {
    let result = try await Command("/bin/ps", ["-eo", "args"]).wait()
    return result.standardOutput.split(separator: "\n").map(String.init).filter { $0.contains(text) }
}
