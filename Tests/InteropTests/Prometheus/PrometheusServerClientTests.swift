import Collectors
import Correlation
import Curl
import Foundation
import Telemetry
import TestSupport
import Testing

extension Interop {
    @Suite(.enabled(if: InteropPrograms.isInstalled(InteropPrograms.prometheus), "run scripts/setup-interop"))
    struct PrometheusServerReading {
        @Test func `reads back what a server was given, in pieces when the window is long`() async throws {
            let server = try await PrometheusServer()
            let start = GeneratedSeries.recentStart
            var series = MetricSeries(name: "heat", labels: ["job": "shop", "odd": "a\"b\\c+d"], kind: .gauge)
            for second in 0..<300 {
                let time = UInt64(start + Int64(second) * 1_000) * 1_000_000
                series.points.append(.init(timeNanoseconds: time, value: Double(second) / 8))
            }
            series.points[200].value = MetricPoint.staleMarker
            try await server.write(WriteRequest.encode([series]))
            let client = PrometheusServerClient(url: server.url, client: server.client)
            let from = series.points[0].timeNanoseconds
            let found = try await client.series(
                #"heat{odd="a\"b\\c+d"}"#,
                from: from,
                to: from + 299_000_000_000,
                step: .seconds(1)
            )
            #expect(found.count == 299)
            #expect(found.allSatisfy { $0.labels["service"] == "shop" && $0.labels["odd"] == "a\"b\\c+d" })
            let expected = series.points.filter { !$0.isStale }
            #expect(found.map(\.value) == expected.map(\.value))
            #expect(found.map(\.timeNanoseconds) == expected.map(\.timeNanoseconds))
            // 14,001 points are more than the server gives in one answer.
            let many = try await client.series(
                "vector(1)",
                from: from,
                to: from + 1_400_100_000_000,
                step: .milliseconds(100)
            )
            #expect(many.count == 14_002)
            #expect(Set(many.map(\.timeNanoseconds)).count == 14_002)
        }

        @Test func `passes on the server's own words`() async throws {
            let server = try await PrometheusServer()
            let client = PrometheusServerClient(url: server.url, client: server.client)
            await #expect {
                try await client.series("heat{", from: 0, to: 1_000_000_000, step: .seconds(1))
            } throws: { error in
                guard case .refused(400, let reason)? = error as? PrometheusServerError else { return false }
                return reason.contains("parse error")
            }
        }

        @Test func `reads exemplars of what a server scraped`() async throws {
            let trace = "0af7651916cd43dd8448eb211c80319c"
            let target = try LoopbackServer { _ in
                .answer(
                    body: Array("# TYPE hits counter\nhits_total 4 # {trace_id=\"\(trace)\"} 0.5\n# EOF\n".utf8),
                    headers: ["Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8"]
                )
            }
            defer { target.stop() }
            let server = try await PrometheusServer(
                configuration: """
                    global: { scrape_interval: 200ms, scrape_timeout: 150ms }
                    scrape_configs:
                      - job_name: shop
                        static_configs: [{ targets: ["127.0.0.1:\(target.port)"] }]
                    """
            )
            let client = PrometheusServerClient(url: server.url, client: server.client)
            let now = WallClock.now()
            var traces: [String] = []
            _ = try await eventually {
                let found = try await client.exemplars("hits_total", from: now, to: now + 60_000_000_000)
                traces = found.flatMap(\.exemplars).map(\.traceID.hex)
                return !traces.isEmpty
            }
            #expect(Set(traces) == [trace])
        }
    }
}
