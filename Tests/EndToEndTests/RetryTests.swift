import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// Repetitions on the demo shop: a fault that ends, and one that stays.
    @Suite(.repeatedOnBusyMachine) struct Retries {
        @Test func `a fault that ends after the first attempt: recovered, and the last attempt counts`() async throws {
            let place = try Workplace()
            // The fault is there on the first start only.
            try write(to: place, before: "if [ -e started ]; then unset SHOP_FAULT; fi; touch started;")
            let result = try await place.run(environment: ["SHOP_FAULT": "slow-dependency"])
            #expect(result.exitCode == 0, "\(result.standardOutput)\(result.standardError)")
            #expect(result.standardOutput.contains("recovered after retry"), "\(result.standardOutput)")

            let last = try place.json("out/perf-metrics.json")
            #expect(last["retryAttempt"].number == 1)
            #expect(last["retries"][0]["strategy"].string == "warm-start")
            #expect(last["retries"][0]["outcome"].string == "recovered after retry")
            #expect(last["gate"]["notes"].array.contains { $0.string?.contains("attempt 2 counts") == true })
            #expect(try place.json("out/attempt-1/perf-metrics.json")["retryAttempt"].number == 0)
            #expect(try place.json("out/attempt-2/perf-metrics.json")["retryAttempt"].number == 1)
            #expect(try place.json("out/attempt-1/perf-metrics.json")["status"].string != "pass")
            #expect(try place.json("out/studio.performance.preview.json")["retryAttempt"].number == 1)

            let explained = try await Command(Workplace.plimsoll, ["explain", "out"], directory: place.directory).wait()
            #expect(explained.exitCode == 0, "\(explained.standardError)")
            #expect(explained.standardOutput.contains("warm-start"), "\(explained.standardOutput)")

            // What recovered it before is tried first the next time.
            try FileManager.default.removeItem(atPath: place.directory + "/perf/started")
            let again = try await place.run(out: "again", environment: ["SHOP_FAULT": "slow-dependency"])
            #expect(again.exitCode == 0, "\(again.standardOutput)\(again.standardError)")
            #expect(try place.json("again/perf-metrics.json")["retries"][0]["strategy"].string == "guided")
        }

        @Test func `a fault that stays: every strategy is tried, then it is escalated and the gate fails`() async throws
        {
            let place = try Workplace()
            try write(to: place, before: "")
            let command = try place.start(
                environment: ["SHOP_FAULT": "slow-dependency"],
                "--retries",
                "3"
            )
            let result = try await command.wait(timeout: 120)
            #expect(result.exitCode == 1, "\(result.standardOutput)\(result.standardError)")
            let last = try place.json("out/perf-metrics.json")
            let retries = last["retries"].array
            #expect(retries.map { $0["strategy"].string } == ["warm-start", "standard", "throttled"])
            #expect(retries.allSatisfy { $0["outcome"].string == "escalated" })
            #expect(retries.last?["adjustments"]["rpsFactor"].number == 0.7)
            #expect(place.exists("out/attempt-4/perf-metrics.json"))
        }

        private func write(to place: Workplace, before: String) throws {
            let port = try freePort()
            try place.write(
                """
                moduleId: Shop
                target:
                  baseUrl: http://127.0.0.1:\(port)
                  start: "\(before) exec '\(Workplace.shop)' all --port \(port)"
                  healthCheck: {path: /healthz, timeout: 30s}
                defaults: {warmup: 1s, connections: 64}
                retry: {max: 1, coolDown: 0s}
                tests:
                  - type: load
                    name: GET /api/orders/{id}
                    endpoint: GET /api/orders/{{random 1 200}}
                    rps: 20
                    duration: 2s
                    rampUp: 0s
                """,
                to: "test-suite.plan.yaml"
            )
            // The fault alone takes 40 ms of every request; without it they take a few.
            try place.write("thresholds: {latencyMs: {p50: 35}}", to: "perf-thresholds.yaml")
        }
    }
}
