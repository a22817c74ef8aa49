import Curl
import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite struct CheckCommand {
        private func plimsoll(_ place: Workplace, _ arguments: [String]) async throws -> TestSupport.Command.Result {
            try await TestSupport.Command(Workplace.plimsoll, arguments, directory: place.directory).wait()
        }

        @Test func `without a store, a deploy or windows it says what is missing`() async throws {
            let place = try Workplace()
            let none = try await plimsoll(place, ["check", "--store", place.store])
            #expect(none.exitCode == 2)
            #expect(none.standardError.contains("plimsoll serve"))
            let marked = try await plimsoll(
                place,
                ["deploy", "--service", "orders", "--version", "2", "--store", place.store]
            )
            #expect(marked.exitCode == 0, "\(marked.standardError)")
            let empty = try await plimsoll(place, ["check", "--store", place.store])
            #expect(empty.exitCode == 5)
            #expect(empty.standardOutput.contains("no windows yet") && empty.standardOutput.contains("--wait"))
            let unknown = try await plimsoll(place, ["check", "--service", "cart", "--store", place.store])
            #expect(unknown.exitCode == 2)
            #expect(unknown.standardError.contains("no deploy of cart"))
            let wrong = try await plimsoll(place, ["check", "--window", "5 apples"])
            #expect(wrong.exitCode == 2)
        }

        /// The story of the README: serve, the shop, a faulty version of one service, and who is to blame.
        ///
        /// Less than a minute a side is thin evidence, so "inconclusive" is as true an answer as "anomalous" here;
        /// "fine", or another service, is not. How often a check is right is `scripts/eval-check`'s business.
        @Test func `names the service whose new version is faulty`() async throws {
            let place = try Workplace()
            let service = try await RunningService(in: place)
            let port = 20_000 + Int.random(in: 0..<1_000) * 10
            var shop: [String: TestSupport.Command] = [:]
            for part in ["payments", "catalog", "orders", "frontend"] {
                shop[part] = try start(part, port: port, otlp: service.otlp, in: place)
            }
            let url = "http://127.0.0.1:\(port)/api/orders/7"
            try await waitUntilAnswering("http://127.0.0.1:\(port)/healthz")
            func load(_ seconds: Int) async throws {
                let result = try await plimsoll(
                    place,
                    ["load", url, "--rps", "30", "--duration", "\(seconds)s", "--quiet"]
                )
                #expect([0, 4].contains(result.exitCode), "\(result.standardError)")
            }
            try await load(41)
            let marked = try await plimsoll(
                place,
                ["deploy", "--service", "orders", "--version", "1.1.0", "--server", service.url]
            )
            #expect(marked.exitCode == 0, "\(marked.standardError)")
            let early = try await plimsoll(place, ["check", "--server", service.url])
            // Nothing is stored yet, or nothing since the deploy: it says so, and when to look again.
            #expect(early.exitCode == 5, "\(early.standardOutput)\(early.standardError)")
            shop["orders"]?.interrupt()
            _ = try await shop["orders"]?.wait()
            shop["orders"] = try start(
                "orders",
                port: port,
                otlp: service.otlp,
                in: place,
                version: "1.1.0",
                fault: "n-plus-one"
            )
            try await Task.sleep(for: .seconds(1))
            try await load(55)
            for part in shop.values { part.interrupt() }
            for part in shop.values { _ = try await part.wait() }

            // The service stays up: what it has not stored yet is waited for.
            let result = try await plimsoll(
                place,
                ["check", "--wait", "--server", service.url, "--out", "check", "--json"]
            )
            let served = try await service.stop()
            #expect(served.exitCode == 0, "\(served.standardError)")
            #expect([1, 5].contains(result.exitCode), "\(result.standardOutput)\(result.standardError)")
            let answer = try JSONDecoder().decode(JSONValue.self, from: Data(result.standardOutput.utf8))
            #expect(answer["verdict"].string == (result.exitCode == 1 ? "anomalous" : "inconclusive"))
            if result.exitCode == 1 { #expect(answer["culprit"]["service"].string == "orders") }
            #expect(answer["service"].string == "orders")
            #expect(answer["version"].string == "1.1.0")
            #expect(result.standardError.split(separator: "\n").count <= 15)
            for name in ["anomaly-report.json", "anomaly-report.md", "anomaly-report.html"] {
                #expect(place.exists("check/\(name)"))
            }
        }

        private func start(
            _ part: String,
            port: Int,
            otlp: Int,
            in place: Workplace,
            version: String = "1.0.0",
            fault: String = ""
        ) throws -> TestSupport.Command {
            try TestSupport.Command(
                Workplace.shop,
                [part, "--port", "\(port)"],
                directory: place.directory,
                environment: [
                    "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(otlp)", "SHOP_VERSION": version,
                    "SHOP_FAULT": fault,
                ]
            )
        }

        private func waitUntilAnswering(_ url: String) async throws {
            let client = HTTPClient(connections: 1)
            for _ in 0..<200 {
                let request = HTTPRequest(method: "GET", url: url, headers: [], body: [], timeout: .seconds(1))
                if (try? await client.send(request))?.status == 200 { return }
                try await Task.sleep(for: .milliseconds(100))
            }
            Issue.record("\(url) does not answer")
        }
    }
}
