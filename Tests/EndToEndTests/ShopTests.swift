import Curl
import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// The demo story on the Swift shop: three clean runs, then a fault, and the answer to "who".
    @Suite(.repeatedOnBusyMachine) struct SwiftShop {
        @Test func `three clean runs pass, then N+1 queries are named with service, operation and query`() async throws
        {
            let place = try Workplace()
            try ShopProject(rate: 35, seconds: 4).write(to: place)
            try await place.storeBaseline()

            let result = try await place.run(out: "fault", environment: ["SHOP_FAULT": "n-plus-one"])
            #expect(result.exitCode == 1, "\(result.standardOutput)\(result.standardError)")
            try expectFullCoverage(of: "fault", in: place)

            let findings = try place.json("fault/findings.json")
            let first = findings["culprits"][0]
            #expect(first["service"].string == "orders", "\(findings["culprits"])")
            let repeated = findings["findings"].array.first { $0["id"].string == "F13" }
            #expect(repeated?["culprit"]["service"].string == "orders")
            #expect(repeated?["culprit"]["attribute"].string?.contains("SELECT") == true)
            #expect((repeated?["evidence"]["explainedShare"].number ?? 0) > 0.3)
            #expect(result.standardOutput.contains("orders"))
            #expect(result.standardOutput.contains("SELECT"), "\(result.standardOutput)")

            for artifact in ShopProject.artifacts { #expect(place.exists("fault/" + artifact), "\(artifact)") }
            let diff = try String(contentsOfFile: place.directory + "/fault/flamegraph.diff.svg", encoding: .utf8)
            #expect(diff.contains("SELECT"))
        }

        @Test func `Ctrl-C leaves artifacts of what was measured, 130, and no process`() async throws {
            let place = try Workplace()
            let port = try ShopProject(rate: 20, seconds: 60).write(to: place)
            let command = try place.start()
            try await waitUntil("load has begun", timeout: 30) { command.standardErrorSoFar.contains("/s of") }
            try await Task.sleep(for: .seconds(2))
            command.interrupt()
            let result = try await command.wait(timeout: 30)
            #expect(result.exitCode == 130, "\(result.standardError)")
            for artifact in ["perf-metrics.json", "findings.json", "report.html", "report.md", "score.log.jsonl"] {
                #expect(place.exists("out/" + artifact), "\(artifact)")
            }
            let metrics = try place.json("out/perf-metrics.json")
            #expect((metrics["tests"][0]["requests"]["scheduled"].number ?? 0) > 0)
            #expect(try await processes(matching: "shop all --port \(port)").isEmpty)
        }

        @Test func `garbage at the OTLP port is refused and the run goes on`() async throws {
            let place = try Workplace()
            try ShopProject(rate: 20, seconds: 4).write(to: place)
            let result = try await place.repeatingInvalid {
                let otlpPort = try freePort()
                let command = try Command(
                    Workplace.plimsoll,
                    ["run", "perf", "--out", "out", "--store", place.store, "--otlp-port", "\(otlpPort)"],
                    directory: place.directory
                )
                try await waitUntil("load has begun", timeout: 30) { command.standardErrorSoFar.contains("/s of") }
                let garbage = try await HTTPClient().send(
                    HTTPRequest(
                        method: "POST",
                        url: "http://127.0.0.1:\(otlpPort)/v1/traces",
                        headers: [HTTPHeader(name: "Content-Type", value: "application/x-protobuf")],
                        body: Array("this is no protobuf".utf8)
                    )
                )
                #expect(garbage.status == 400)
                return try await command.wait()
            }
            #expect(result.exitCode == 0, "\(result.standardOutput)\(result.standardError)")
            try expectFullCoverage(of: "out", in: place)
        }

        @Test func `the verdict as JSON is short and true`() async throws {
            let place = try Workplace()
            try ShopProject(rate: 20, seconds: 3).write(to: place)
            let result = try await place.repeatingInvalid {
                try await place.start(out: "out", environment: [:], "--json", "--quiet").wait()
            }
            #expect(result.exitCode == 0, "\(result.standardError)")
            #expect(result.standardOutput.utf8.count <= 2048)
            #expect(result.standardError.isEmpty, "\(result.standardError)")
            let verdict = try JSONDecoder().decode(JSONValue.self, from: Data(result.standardOutput.utf8))
            #expect(verdict["status"].string == "exploratory")
            #expect(verdict["exitCode"].number == 0)
        }
    }
}

/// Every sampled request has a complete trace, and every issued id is in exactly one state.
func expectFullCoverage(of folder: String, in place: Workplace, atLeast least: Double = 0.99) throws {
    let completeness = try place.json("\(folder)/trace-summary.json")["completeness"]
    let states = completeness["states"].object.values.compactMap(\.number).reduce(0, +)
    #expect(completeness["requested"].number == states, "\(completeness)")
    #expect((completeness["coverage"].number ?? 0) >= least, "\(completeness)")
}

/// Polls until the condition holds; fails the test when it does not in time.
func waitUntil(_ what: String, timeout: Double, _ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(timeout)
    while try await !condition() {
        try #require(ContinuousClock.now < deadline, "timed out waiting until \(what)")
        try await Task.sleep(for: .milliseconds(100))
    }
}
