import Analysis
import Baselines
import Correlation
import Curl
import Foundation
import Logging
import Runs
import Synchronization
import Telemetry
import TestSupport
import Testing
import Web

extension Interop {
    /// A real Prometheus scrapes a real Plimsoll, and every query of every dashboard and alert is asked of it.
    @Suite(.enabled(if: InteropPrograms.isInstalled(InteropPrograms.prometheus), "run scripts/setup-interop"))
    struct DashboardQueries {
        /// Queries that rightly find nothing here, by what they are about.
        private static let empty = [
            // Nothing was refused, lost or dropped; no run a day ago; the sample has no stress test.
            "plimsoll_otlp_refused_requests_total", "offset 1d", "plimsoll_run_load_line_hertz",
            // The watch does not run here: no window was closed by this process.
            "plimsoll_window_visible_delay_seconds", "plimsoll_store_commit_seconds",
            "plimsoll_last_window_timestamp_seconds",
            "plimsoll_lost_windows_total[", "plimsoll_scrape_failures_total[", #"result="dropped"}["#,
            "plimsoll_waiting_windows > 5", "absent(",
            #"status=~"fail|invalid""#,
        ]

        @Test func `every query of the dashboards and alerts is answered, with data where there is some`() async throws
        {
            let path = FileManager.default.temporaryDirectory.appending(path: "plimsoll-scrape-\(UUID().uuidString).db")
                .path
            defer {
                for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
            }
            let store = try BaselineStore(path: path)
            let start = UInt64(Date().timeIntervalSince1970) / 60 * TelemetryWindow.length
            try await fill(store, at: start)
            // A minute goes by with every window that is stored.
            let minutes = Mutex<UInt64>(0)
            try await serving(store, now: { start + minutes.withLock { $0 } * TelemetryWindow.length }) { url in
                let prometheus = try await PrometheusServer(
                    configuration: """
                        global: { scrape_interval: 1s, scrape_timeout: 1s }
                        scrape_configs:
                          - job_name: plimsoll
                            static_configs: [{ targets: ["\(url.dropFirst("http://".count))"] }]
                        """
                )
                var minute = 0
                let isScraped = try await eventually {
                    try await store.record(
                        SampleMinutes.window(minute, after: start),
                        traces: [
                            StoredTrace(
                                role: .typical,
                                document: SampleMinutes.trace(minute % 20, in: minute, after: start)
                            )
                        ]
                    )
                    minute += 1
                    minutes.withLock { $0 = UInt64(minute) }
                    let rates = try await answer(
                        "sum(rate(plimsoll_operation_duration_seconds_count[1m]))",
                        of: prometheus
                    )
                    return rates.values.contains { $0 > 0 }
                }
                #expect(isScraped, "Prometheus has no rate of what it scraped")
                let queries = try self.queries()
                #expect(queries.count > 40)
                for query in queries {
                    let result = try await answer(query, of: prometheus)
                    #expect(result.status == "success", "\(query): \(result.status)")
                    let mayBeEmpty = Self.empty.contains { query.contains($0) }
                    #expect(!result.values.isEmpty || mayBeEmpty, "no data: \(query)")
                }
                try await expectExemplars(of: prometheus, at: url)
                try await expectClean(url, with: prometheus.client)
            }
        }

        @Test func `Prometheus takes the rules`() async throws {
            let rules = InteropPrograms.repository + "/dashboards/prometheus/plimsoll.rules.yml"
            let result = try await Command(InteropPrograms.promtool, ["check", "rules", "--lint-fatal", rules]).wait()
            #expect(result.exitCode == 0, "\(result.standardError)\(result.standardOutput)")
            #expect(result.standardOutput.contains("8 rules found"))
        }

        /// Prometheus' own check of names, types and help texts.
        private func expectClean(_ url: String, with client: HTTPClient) async throws {
            let answer = try await client.send(
                HTTPRequest(url: url + "/metrics", headers: [HTTPHeader(name: "Accept", value: "text/plain")])
            )
            let file = FileManager.default.temporaryDirectory.appending(path: "plimsoll-\(UUID().uuidString).prom")
            defer { try? FileManager.default.removeItem(at: file) }
            try Data(answer.body).write(to: file)
            let check = "\"$1\" check metrics < \"$2\""
            let result = try await Command("/bin/sh", ["-c", check, "sh", InteropPrograms.promtool, file.path]).wait()
            #expect(result.exitCode == 0, "\(result.standardError)\(result.standardOutput)")
            #expect(result.standardError.isEmpty, "\(result.standardError)")
        }

        private func fill(_ store: BaselineStore, at start: UInt64) async throws {
            try await store.record(SampleReports.regression)
            let deploy = DeployMarker(service: "orders", version: "1.4", at: start, source: .declared)
            try await store.record(deploy)
            let finding = CheckFinding(
                id: "D1",
                signal: .tail,
                operation: SampleMinutes.orders,
                sentence: "slower",
                before: 60,
                after: 120,
                confidence: 0.9,
                persistence: .lasting
            )
            try await store.record(
                CheckReport(
                    id: deploy.id,
                    deploy: deploy,
                    checkedAt: start,
                    before: (start - 1)..<start,
                    after: start..<(start + 1),
                    control: .none,
                    placeboPairs: 0,
                    verdict: .anomalous,
                    confidence: 0.9,
                    summary: "slower",
                    findings: [finding]
                )
            )
        }

        private func serving(
            _ store: BaselineStore,
            now: @escaping @Sendable () -> UInt64,
            _ body: @escaping @Sendable (String) async throws -> Void
        ) async throws {
            var settings = WebSettings()
            settings.port = 0
            let (ports, listening) = AsyncStream.makeStream(of: Int.self)
            let server = WebServer(
                settings: settings,
                state: WebState(
                    store: store,
                    watch: Watch(settings: WatchSettings(), store: store),
                    now: now
                ),
                logger: Logger(label: "scrape") { _ in SwiftLogNoOpLogHandler() },
                onListening: { listening.yield($0) }
            )
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                group.addTask {
                    guard let port = await ports.first(where: { _ in true }) else { throw CancellationError() }
                    try await body("http://127.0.0.1:\(port)")
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        }

        /// Of all panels and alerts, as Grafana would send them.
        private func queries() throws -> [String] {
            let folder = URL(filePath: InteropPrograms.repository + "/dashboards")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
                $0.hasSuffix(".json")
            }
            #expect(names.count == 5)
            var files = try names.sorted().map { try Data(contentsOf: folder.appending(path: $0)) }
            let alerts = try String(
                contentsOf: folder.appending(path: "provisioning/alerting/plimsoll.yaml"),
                encoding: .utf8
            )
            files.append(Data(alerts.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n").utf8))
            return try files.flatMap { expressions(in: try JSONSerialization.jsonObject(with: $0)) }.map { expression in
                expression.replacing("$__rate_interval", with: "1m").replacing("$__range", with: "5m")
                    .replacing("$job", with: "plimsoll").replacing("$service", with: ".+").replacing(
                        "$instance",
                        with: ".+"
                    )
            }
        }

        private func expressions(in value: Any) -> [String] {
            if let object = value as? [String: Any] {
                return (object["expr"] as? String).map { [$0] } ?? object.values.flatMap(expressions)
            }
            return (value as? [Any])?.flatMap(expressions) ?? []
        }

        private func answer(_ query: String, of server: PrometheusServer) async throws -> (
            status: String, values: [Double]
        ) {
            let body = try await ask("/api/v1/query", "query", query, of: server)
            let result = (body["data"] as? [String: Any])?["result"] as? [[String: Any]] ?? []
            let values = result.compactMap { Double(($0["value"] as? [Any])?.last as? String ?? "") }
            return (body["status"] as? String ?? "", values)
        }

        private func ask(
            _ path: String,
            _ name: String,
            _ value: String,
            of server: PrometheusServer
        ) async throws -> [String: Any] {
            var components = URLComponents()
            components.queryItems = [URLQueryItem(name: name, value: value)]
            let form = (components.percentEncodedQuery ?? "").replacingOccurrences(of: "+", with: "%2B")
            let answer = try await server.client.send(
                HTTPRequest(
                    method: "POST",
                    url: server.url + path,
                    headers: [HTTPHeader(name: "Content-Type", value: "application/x-www-form-urlencoded")],
                    body: Array(form.utf8)
                )
            )
            return try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any] ?? [:]
        }

        /// What Grafana makes links of: each leads to a trace in Plimsoll.
        private func expectExemplars(of server: PrometheusServer, at url: String) async throws {
            let now = Date().timeIntervalSince1970
            let answer = try await ask(
                "/api/v1/query_exemplars?start=\(now - 3_600)&end=\(now + 86_400)",
                "query",
                "plimsoll_operation_duration_seconds_bucket",
                of: server
            )
            let series = answer["data"] as? [[String: Any]] ?? []
            let ids = series.flatMap { $0["exemplars"] as? [[String: Any]] ?? [] }
                .compactMap { ($0["labels"] as? [String: String])?["trace_id"] }
            #expect(!ids.isEmpty, "Prometheus kept no exemplar")
            for id in Set(ids) {
                let trace = try await server.client.send(HTTPRequest(url: url + "/api/traces/\(id)"))
                #expect(trace.status == 200, "exemplar \(id)")
            }
        }
    }
}
