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
            // The alert of the first attempt is no alert of the run.
            #expect(place.exists("out/attempt-1/regression-alert.yaml") && !place.exists("out/regression-alert.yaml"))

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

        @Test func `staged: what failed at length is tried for a quarter of it, and recovered`() async throws {
            let place = try Workplace()
            try write(
                to: place,
                before: "if [ -e started ]; then unset SHOP_FAULT; fi; touch started;",
                retry: "strategies: [staged]",
                test: "type: load, rps: 20, duration: 8s, rampUp: 0s"
            )
            let result = try await place.run(environment: ["SHOP_FAULT": "slow-dependency"])
            #expect(result.exitCode == 0, "\(result.standardOutput)\(result.standardError)")
            #expect(result.standardError.contains("staged, duration × 0.25"), "\(result.standardError)")
            let last = try place.json("out/perf-metrics.json")
            #expect(last["retries"].array.map { $0["strategy"].string } == ["staged"])
            #expect(last["retries"][0]["adjustments"]["durationFactor"].number == 0.25)
            #expect(last["retries"][0]["outcome"].string == "recovered after retry")
            let scheduled = try [1, 2].map {
                try place.json("out/attempt-\($0)/perf-metrics.json")["tests"][0]["requests"]["scheduled"].number
            }
            #expect(scheduled == [160, 40])
            try expectAttempt(1, in: place, "out/attempt-2", "out")
            try expectAttempt(0, in: place, "out/attempt-1")
            // Two seconds are no baseline for eight.
            let baselines = try await Command(
                Workplace.plimsoll,
                ["baseline", "list", "--json", "--store", place.store],
                directory: place.directory
            ).wait()
            #expect(baselines.exitCode == 0 && !baselines.standardOutput.contains("pass"), "\(baselines)")
        }

        @Test func `throttled: a spike that just missed its rate is asked for less, and escalated`() async throws {
            let place = try Workplace()
            try write(
                to: place,
                before: "",
                test: "type: spike, rps: 20, baseRps: 10, duration: 6s",
                limits: "rpsMin: 15.5"
            )
            let result = try await place.run()
            #expect(result.exitCode == 1, "\(result.standardOutput)\(result.standardError)")
            let last = try place.json("out/perf-metrics.json")
            #expect(last["retries"].array.map { $0["strategy"].string } == ["throttled"], "\(last["retries"])")
            #expect(last["retries"][0]["cause"].string == "the spike missed its limits by less than 15 %")
            #expect(last["retries"][0]["outcome"].string == "escalated")
            let rates = try [1, 2].map {
                try place.json("out/attempt-\($0)/perf-metrics.json")["tests"][0]["rpsTarget"].number
            }
            // Of the mean over base and peak.
            let share = (rates[1] ?? 0) / (rates[0] ?? 1)
            #expect(share > 0.65 && share < 0.75, "\(rates)")
        }

        /// In every artifact there is, but the folded stacks, whose readers know no such thing.
        private func expectAttempt(_ number: Int, in place: Workplace, _ folders: String...) throws {
            for folder in folders {
                let path = place.directory + "/" + folder
                let names = try FileManager.default.contentsOfDirectory(atPath: path).filter {
                    $0.contains(".") && $0 != "flamegraph.folded" && $0 != "target.log"
                }
                #expect(names.count >= 12, "\(names)")
                for name in names {
                    let text = try String(contentsOfFile: path + "/" + name, encoding: .utf8)
                    let said = text.firstMatch(of: /retryAttempt"?:? ?(?:content=|value=)?"?(\d)/)?.output.1
                    #expect(said == "\(number)", "\(folder)/\(name)")
                }
            }
        }

        private func write(
            to place: Workplace,
            before: String,
            retry: String = "max: 1",
            test: String = "type: load, rps: 20, duration: 2s, rampUp: 0s",
            // The fault alone takes 40 ms of every request; without it they take a few.
            limits: String = "latencyMs: {p50: 35}"
        ) throws {
            let port = try freePort()
            try place.write(
                """
                moduleId: Shop
                target:
                  baseUrl: http://127.0.0.1:\(port)
                  start: "\(before) exec '\(Workplace.shop)' all --port \(port)"
                  healthCheck: {path: /healthz, timeout: 30s}
                defaults: {warmup: 1s, connections: 64}
                retry: {\(retry), coolDown: 0s}
                tests:
                  - {name: "GET /api/orders/{id}", endpoint: "GET /api/orders/{{random 1 200}}", \(test)}
                """,
                to: "test-suite.plan.yaml"
            )
            try place.write("thresholds: {\(limits)}", to: "perf-thresholds.yaml")
        }
    }
}
