import Collectors
import Correlation
import Curl
import Foundation
import Telemetry
import TestSupport
import Testing

extension Interop {
    /// Real senders of remote write 1.0 against our receiver.
    @Suite(.repeatedOnBusyMachine) struct RemoteWriteSenders {
        @Test(.enabled(if: InteropPrograms.isInstalled(InteropPrograms.prometheus), "run scripts/setup-interop"))
        func `takes what Prometheus pushes with our configuration, exemplars included`() async throws {
            let target = try LoopbackServer { _ in
                .answer(body: Array(Self.exposition().utf8), headers: [Self.openMetrics])
            }
            defer { target.stop() }
            try await RunningRemoteWrite.with { receiver in
                let file = InteropPrograms.repository + "/collectors/prometheus/prometheus.yml"
                let configuration = try String(contentsOfFile: file, encoding: .utf8)
                    .replacing("127.0.0.1:9100", with: "127.0.0.1:\(target.port)")
                    .replacing("http://127.0.0.1:9201/api/v1/write", with: receiver.url)
                let server = try await PrometheusServer(configuration: configuration)
                let arrived = await eventually {
                    let hits = receiver.store.points(named: "hits_total", from: 0, to: .max).first
                    return (hits?.points.count ?? 0) >= 3 && hits?.exemplars.isEmpty == false
                }
                #expect(arrived, "nothing from Prometheus: \(receiver.counters.snapshot)")
                let hits = try #require(receiver.store.points(named: "hits_total", from: 0, to: .max).first)
                #expect(hits.labels["service"] == "checkout")
                #expect(hits.labels["code"] == "200")
                #expect(hits.exemplars.first?.traceID.hex == "0af7651916cd43dd8448eb211c80319c")
                // The target shows this series in one scrape of two.
                let ended = await eventually {
                    receiver.store.points(named: "now_and_then", from: 0, to: .max).first?
                        .points.contains(where: \.isStale) == true
                }
                #expect(ended, "no stale marker came")
                let snapshot = receiver.counters.snapshot
                #expect(snapshot.refused.isEmpty)
                #expect(snapshot.invalidSeries == 0)
                withExtendedLifetime(server) {}
            }
        }

        @Test(.enabled(if: InteropPrograms.hasPackage("k6"), "no k6: scripts/setup-interop --all"))
        func `takes what k6 sends`() async throws {
            let target = try LoopbackServer()
            defer { target.stop() }
            let script = FileManager.default.temporaryDirectory.appending(path: "plimsoll-\(UUID().uuidString).js").path
            defer { try? FileManager.default.removeItem(atPath: script) }
            try """
            import http from 'k6/http';
            export const options = { vus: 1, iterations: 5 };
            export default function () { http.get('http://127.0.0.1:\(target.port)/'); }
            """.write(toFile: script, atomically: true, encoding: .utf8)
            try await RunningRemoteWrite.with { receiver in
                let k6 = try Command(
                    InteropPrograms.k6,
                    ["run", "--quiet", "--no-usage-report", "-o", "experimental-prometheus-rw", script],
                    environment: [
                        "K6_PROMETHEUS_RW_SERVER_URL": receiver.url, "K6_PROMETHEUS_RW_PUSH_INTERVAL": "200ms",
                        "K6_PROMETHEUS_RW_TREND_STATS": "p(95),max",
                    ]
                )
                let result = try await k6.wait(timeout: 60)
                #expect(result.exitCode == 0, "\(result.standardError)")
                #expect(!result.standardError.contains("Failed to send"), "\(result.standardError)")
                let requests = receiver.store.points(named: "k6_http_reqs_total", from: 0, to: .max)
                #expect(requests.compactMap { $0.points.map(\.value).max() } == [5])
                #expect(receiver.store.names.contains("k6_http_req_duration_p95"))
                #expect(receiver.counters.snapshot.refused.isEmpty)
            }
        }

        private static let openMetrics = "Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8"

        private static func exposition() -> String {
            let milliseconds = Int(Date().timeIntervalSince1970 * 1000)
            let rare = milliseconds / 1_000 % 2 == 0 ? "# TYPE now_and_then gauge\nnow_and_then 1\n" : ""
            return """
                # TYPE hits counter
                hits_total{code="200"} \(milliseconds) # {trace_id="0af7651916cd43dd8448eb211c80319c"} 0.5
                \(rare)# EOF

                """
        }
    }
}
