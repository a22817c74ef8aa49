import Analysis
import Baselines
import Collectors
import Correlation
import Curl
import Foundation
import Runs
import Telemetry
import TestSupport
import Testing

@testable import Web

@Suite struct MetricsTests {
    // What Prometheus 2.42 and 3.x send (`spec/wire.md` 4.1).
    static let prometheus2 =
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
    static let prometheus3 =
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;"
        + "version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1"

    @Test(
        arguments: [
            (prometheus2, ExpositionText.openMetrics), (prometheus3, .openMetrics), (nil, .prometheus),
            ("*/*", .prometheus),
            ("text/plain;version=0.0.4", .prometheus),
            ("text/plain;q=0.9, application/openmetrics-text;q=0.1", .prometheus),
            ("application/openmetrics-text;q=0", .prometheus), ("text/html", .prometheus),
        ] as [(String?, ExpositionText)]
    )
    func `answers in the format that Accept prefers`(accept: String?, format: ExpositionText) {
        #expect(ExpositionText(accept: accept) == format)
    }

    private func scrape(_ feed: FeedServer, accept: String = prometheus2) async throws -> [MetricPoint] {
        let answer = try await feed.get("/metrics", accept: accept)
        #expect(answer.status == 200)
        return try ExpositionParser().parse(answer.body, contentType: answer.header("Content-Type"), at: 1)
    }

    private func value(_ name: String, _ labels: [String: String] = [:], in points: [MetricPoint]) -> Double? {
        points.first { $0.name == name && $0.labels == labels }?.value
    }

    @Test func `both formats say the same, each series once`() async throws {
        try await FeedServer.serving { feed in
            try await feed.store.record(SampleReports.regression)
            let open = try await scrape(feed)
            let text = try await scrape(feed, accept: "text/plain;version=0.0.4")
            func names(_ points: [MetricPoint]) -> [String] {
                points.map { point in
                    "\(point.name) \(point.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })"
                }.filter { !$0.hasPrefix("process_") }
            }
            #expect(Set(names(open)).count == names(open).count)
            #expect(names(open) == names(text))
            #expect(open.count > 100)
        }
    }

    @Test func `operations count up from closed windows, with exemplars that resolve`() async throws {
        try await FeedServer.serving { feed in
            let labels = ["service": "frontend", "operation": "POST /checkout", "kind": "server"]
            let first = try await scrape(feed)
            #expect(value("plimsoll_operation_duration_seconds_count", labels, in: first) == 40)
            #expect(value("plimsoll_operation_errors_total", labels, in: first) == 4)
            #expect(value("plimsoll_operation_entries_total", labels, in: first) == 40)
            #expect(try await scrape(feed).map(\.value).count == first.count)
            try await feed.store.record(SampleMinutes.window(2))
            let second = try await scrape(feed)
            #expect(value("plimsoll_operation_duration_seconds_count", labels, in: second) == 60)
            let buckets = second.filter {
                $0.name == "plimsoll_operation_duration_seconds_bucket" && $0.labels["operation"] == "POST /checkout"
            }
            #expect(buckets.map(\.value) == buckets.map(\.value).sorted())
            #expect(buckets.last?.labels["le"] == "+Inf")
            #expect(buckets.last?.value == 60)
            let exemplars = second.flatMap(\.exemplars)
            #expect(exemplars.count >= 4)
            for exemplar in exemplars {
                #expect(try await feed.get("/api/traces/\(exemplar.traceID.hex)").status == 200)
            }
            _ = try await feed.get("/api/traces/ff")
            let third = try await scrape(feed)
            #expect(value("plimsoll_trace_lookups_total", ["result": "hit"], in: third) == Double(exemplars.count))
            #expect(value("plimsoll_trace_lookups_total", ["result": "miss"], in: third) == 1)
        }
    }

    @Test func `a damaged window costs itself and is counted, the ones after it still count`() async throws {
        try await FeedServer.serving(minutes: 3) { feed in
            let damage = """
                import sqlite3, sys
                with sqlite3.connect(sys.argv[1]) as store:
                    store.execute("UPDATE windows SET contents = x'00' WHERE started_at = ?", [int(sys.argv[2])])
                """
            let middle = SampleMinutes.start + TelemetryWindow.length
            let result = try await Command("/usr/bin/env", ["python3", "-c", damage, feed.store.path, "\(middle)"])
                .wait()
            #expect(result.exitCode == 0, "\(result.standardError)")
            for _ in 0..<2 {
                let points = try await scrape(feed)
                let labels = ["service": "frontend", "operation": "POST /checkout", "kind": "server"]
                #expect(value("plimsoll_operation_duration_seconds_count", labels, in: points) == 40)
                #expect(value("plimsoll_unreadable_windows_total", in: points) == 1)
            }
        }
    }

    @Test func `a clock that was years ahead stops no counter once it is set back`() async throws {
        try await FeedServer.serving(minutes: 2) { feed in
            let labels = ["service": "frontend", "operation": "POST /checkout", "kind": "server"]
            func count() async throws -> Double? {
                value("plimsoll_operation_duration_seconds_count", labels, in: try await scrape(feed))
            }
            let before = try await count()
            let years: UInt64 = 5 * 365 * 86_400_000_000_000
            feed.clock.now += years
            try await feed.store.record(SampleMinutes.window(50, after: SampleMinutes.start + years))
            let ahead = try await count()
            feed.clock.now -= years
            try await feed.store.record(SampleMinutes.window(2))
            #expect(before == 40)
            #expect(ahead == 60)
            #expect(try await count() == 80)
            #expect(try await count() == 80)
        }
    }

    @Test func `anomalies are counted by service and severity, and end`() throws {
        let key = AnomalyCounts.Key(service: "shop\n", severity: .critical)
        var counts = AnomalyCounts()
        counts.begun = [key: 2, AnomalyCounts.Key(service: "shop\n", severity: .warning): 3]
        counts.lasting = [key: 1]
        let text = ExpositionText.openMetrics.render(AnomalyMetrics.families(counts))
        #expect(text.contains(#"plimsoll_anomalies_active{service="shop ",severity="critical"} 1"#))
        #expect(text.contains(#"plimsoll_anomalies_active{service="shop ",severity="warning"} 0"#))
        #expect(text.contains(#"plimsoll_anomalies_total{service="shop ",severity="warning"} 3"#))
    }

    @Test func `what nothing happened to is there at zero`() async throws {
        try await FeedServer.serving(minutes: 0) { feed in
            let points = try await scrape(feed)
            #expect(points.filter { $0.name == "plimsoll_queued_runs" }.count == QueuedRun.State.allCases.count)
            for result in ["created", "known", "refused", "failed"] {
                #expect(value("plimsoll_grafana_annotations_total", ["result": result], in: points) == 0)
            }
            for part in ["operations", "runs", "deploys"] {
                #expect(value("plimsoll_scrape_failures_total", ["part": part], in: points) == 0)
            }
            for name in ["store_commit", "window_visible_delay"] {
                #expect(value("plimsoll_\(name)_seconds_count", in: points) == 0)
                #expect(value("plimsoll_\(name)_seconds_sum", in: points) == 0)
            }
            #expect(value("plimsoll_waiting_windows", in: points) == 0)
            #expect(value("plimsoll_store_write_failures_total", in: points) == 0)
            let text = String(decoding: try await feed.get("/metrics", accept: Self.prometheus2).body, as: UTF8.self)
            #expect(text.contains("# TYPE plimsoll_store_commit_seconds summary\n"))
            for line in text.split(separator: "\n") where line.hasPrefix("# HELP ") {
                #expect(line.hasSuffix("."), "\(line)")
            }
        }
    }

    @Test func `a store that cannot be read costs its parts and is counted by part`() async throws {
        try await FeedServer.serving { feed in
            _ = try await scrape(feed)
            let damage = """
                import sqlite3, sys
                with sqlite3.connect(sys.argv[1]) as store: store.execute("ALTER TABLE checks RENAME TO gone")
                """
            let result = try await Command("/usr/bin/env", ["python3", "-c", damage, feed.store.path]).wait()
            #expect(result.exitCode == 0, "\(result.standardError)")
            _ = try await scrape(feed)
            let points = try await scrape(feed)
            #expect(value("plimsoll_scrape_failures_total", ["part": "deploys"], in: points) == 2)
            #expect(value("plimsoll_scrape_failures_total", ["part": "runs"], in: points) == 0)
            #expect(!points.contains { $0.name == "plimsoll_check_verdict" })
            #expect(points.contains { $0.name == "plimsoll_operation_duration_seconds_count" })
        }
    }

    @Test func `hostile names become clean labels`() async throws {
        try await FeedServer.serving(minutes: 0) { feed in
            var window = SampleMinutes.window(0)
            window.operations[0].operation.name = "a\\b\"c\nd\u{0}e{}=,#"
            try await feed.store.record(window)
            let points = try await scrape(feed)
            let found = points.first { $0.labels["operation"]?.hasPrefix("a\\b") == true }
            #expect(found?.labels["operation"] == "a\\b\"c d e{}=,#")
            #expect(try await scrape(feed, accept: "text/plain").count == points.count)
        }
    }

    @Test func `tells of the newest run, deploy and check`() async throws {
        try await FeedServer.serving(minutes: 0) { feed in
            try await feed.store.record(SampleReports.regression)
            let deploy = DeployMarker(service: "catalog", version: "2", at: SampleMinutes.start, source: .declared)
            try await feed.store.record(deploy)
            try await feed.store.record(CheckReport.sample(of: deploy, verdict: .anomalous))
            let points = try await scrape(feed)
            let report = SampleReports.regression
            let test = try #require(report.tests.first)
            let labels = [
                "module": report.run.moduleID, "edition": report.run.editionID, "test": test.name,
                "type": test.testTypeName,
            ]
            #expect(value("plimsoll_run_score_ratio", labels, in: points) == test.verdict.score.value)
            let status = labels.merging(["status": test.verdict.status.rawValue]) { $1 }
            #expect(value("plimsoll_run_status", status, in: points) == 1)
            #expect(
                points.filter { $0.name == "plimsoll_run_status" }.map(\.value).reduce(0, +)
                    == Double(report.tests.count)
            )
            #expect(
                value("plimsoll_deploy_timestamp_seconds", ["service": "catalog", "version": "2"], in: points)
                    == Double(SampleMinutes.start) / 1e9
            )
            #expect(value("plimsoll_check_verdict", ["service": "catalog", "verdict": "anomalous"], in: points) == 1)
            #expect(value("plimsoll_check_verdict", ["service": "catalog", "verdict": "fine"], in: points) == 0)
            #expect(value("plimsoll_check_findings", ["service": "catalog", "signal": "tail"], in: points) == 1)
        }
    }
}
