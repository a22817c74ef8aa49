import Analysis
import Correlation
import Foundation
import Reporting
import Statistics
import TestSupport
import Testing

/// Files that other programs read, held against what those programs expect.
struct CIArtifactTests {
    @Test(arguments: ["regression", "passing", "exploratory", "invalid"])
    func `GitLab's widget finds what it shows`(sample: String) throws {
        let report = try #require(SampleReports.all.first { $0.name == sample }?.report)
        let contents = try #require(try ReportFormat.gitlab.render(report))
        let root = try #require(try JSONSerialization.jsonObject(with: Data(contents)) as? [String: Any])
        let metrics = try #require(root["metrics"] as? [String: [String: Double]])
        // `normalizeLoadPerformanceMetrics` of GitLab's merge request widget reads exactly these.
        let waiting = try #require(metrics["http_req_waiting"])
        let (p90, p95) = (try #require(waiting["p(90)"]), try #require(waiting["p(95)"]))
        #expect(p90 > 0 && p90 <= p95)
        #expect(try #require(metrics["http_reqs"]?["rate"]) > 0)
        let checks = try #require(metrics["checks"])
        #expect(
            (checks["passes"] ?? 0) + (checks["fails"] ?? 0) == Double(report.tests.flatMap(\.verdict.limits).count)
        )
        #expect((checks["fails"] == 0) == report.tests.allSatisfy { $0.verdict.limits.allSatisfy(\.isMet) })
    }

    /// The keys of `k6 run --summary-export`, as k6's documentation names them; times in milliseconds, shares 0...1.
    @Test(arguments: ["regression", "passing", "exploratory", "invalid"])
    func `the file has the shape of k6's summary export`(sample: String) throws {
        let report = try #require(SampleReports.all.first { $0.name == sample }?.report)
        let contents = try #require(try ReportFormat.gitlab.render(report))
        let root = try #require(try JSONSerialization.jsonObject(with: Data(contents)) as? [String: Any])
        let group = try #require(root["root_group"] as? [String: Any])
        #expect(Set(group.keys) == ["name", "path", "id", "groups", "checks"])
        for case let check as [String: Any] in try #require(group["checks"] as? [String: Any]).values {
            #expect(Set(check.keys) == ["name", "path", "passes", "fails"])
        }
        let metrics = try #require(root["metrics"] as? [String: [String: Double]])
        let shapes: [String: Set<String>] = [
            "checks": ["passes", "fails", "value"], "http_req_failed": ["passes", "fails", "value"],
            "http_reqs": ["count", "rate"], "data_received": ["count", "rate"], "data_sent": ["count", "rate"],
        ]
        let trend: Set<String> = ["avg", "min", "med", "max", "p(90)", "p(95)"]
        for (name, values) in metrics {
            #expect(Set(values.keys) == shapes[name] ?? trend, "\(name)")
            if let share = values["value"] { #expect((0...1).contains(share), "\(name)") }
            if let low = values["min"], let middle = values["med"], let high = values["max"] {
                #expect(low <= middle && middle <= high, "\(name)")
            }
        }
        #expect(Set(shapes.keys).subtracting(["checks"]).isSubset(of: metrics.keys))
    }

    /// READMEs are shown through proxies that allow pictures only: GitHub's and GitLab's refuse scripts and other hosts.
    @Test(arguments: SampleReports.all.map(\.name))
    func `the badge may be shown in a README`(sample: String) throws {
        let report = try #require(SampleReports.all.first { $0.name == sample }?.report)
        let contents = try #require(try ReportFormat.badge.render(report))
        let badge = try XMLReader.read(contents)
        #expect(badge.attributes["xmlns"] == "http://www.w3.org/2000/svg")
        #expect(Set(badge.all.map(\.name)).isSubset(of: ["svg", "title", "metadata", "clipPath", "rect", "g", "text"]))
        #expect(Int(badge.attributes["width"] ?? "") != nil)
        #expect(badge.attributes["viewBox"] == "0 0 \(badge.attributes["width"] ?? "") 20")
        #expect(badge.all.allSatisfy { $0.attributes.keys.allSatisfy { !$0.hasPrefix("on") && !$0.contains("href") } })
        #expect(contents.count < 4096)
    }

    @Test(arguments: SampleReports.all.map(\.name))
    func `the badge is an SVG that says its text to everybody`(sample: String) throws {
        let report = try #require(SampleReports.all.first { $0.name == sample }?.report)
        let badge = try XMLReader.read(try #require(try ReportFormat.badge.render(report)))
        let title = try #require(badge.children.first { $0.name == "title" }?.text)
        #expect(badge.name == "svg" && badge.attributes["role"] == "img")
        #expect(badge.attributes["aria-label"] == title && title.hasPrefix("performance: "))
        let shown = badge.all.filter { $0.name == "text" }.map(\.text).joined(separator: ": ")
        #expect(shown == title)
        #expect(badge.attributes["height"] == "20")
    }

    @Test(arguments: ["regression", "passing", "exploratory"])
    func `folded stacks are lines of frames and a whole number`(sample: String) throws {
        let report = try #require(SampleReports.all.first { $0.name == sample }?.report)
        let text = String(decoding: try #require(try ReportFormat.folded.render(report)), as: UTF8.self)
        let lines = text.split(separator: "\n")
        var stacks: [String] = []
        var sum = 0
        for line in lines {
            let match = try #require(line.wholeMatch(of: /(\S.*) (\d+)/), "\(line)")
            stacks.append(String(match.1))
            sum += Int(match.2) ?? 0
        }
        #expect(!stacks.isEmpty && Set(stacks).count == stacks.count)
        let mean = report.tests.reduce(0.0) { $0 + $1.profile.duration.mean } / 1000
        #expect(abs(Double(sum) - mean) < 0.002 * mean, "\(sum) µs of \(mean) µs")
    }

    @Test func `a test's tags reach the tile and the numbers`() throws {
        var report = SampleReports.passing
        report.tests[0].tags = ["smoke", "load"]
        let artifacts = try [any ArtifactRenderer].standard.flatMap { try $0.render(report) }
        func value(_ path: String) throws -> [String: Any] {
            let contents = try #require(artifacts.first { $0.path == path }?.contents)
            return try #require(try JSONSerialization.jsonObject(with: Data(contents)) as? [String: Any])
        }
        let tile = try #require(try value("studio.performance.preview.json")["tags"] as? [String])
        #expect(tile.contains("smoke") && tile.count { $0 == "load" } == 1, "\(tile)")
        let tests = try #require(try value("perf-metrics.json")["tests"] as? [[String: Any]])
        #expect(tests[0]["tags"] as? [String] == ["smoke", "load"])
    }

    @Test func `legacy names and the edition layout are copies`() throws {
        var report = SampleReports.regression
        report.run.editionID = "../premium"
        let artifacts = try [any ArtifactRenderer].standard.flatMap { try $0.render(report) }
        let layout = ArtifactLayout(hasLegacyNames: true, isByEdition: true)
        let paths = Dictionary(
            layout.arranged(artifacts, of: report).map { ($0.path, $0.contents) },
            uniquingKeysWith: { first, _ in first }
        )
        for (copy, original) in [
            ("performance-score.log.jsonl", "score.log.jsonl"), ("perf-flamegraph.svg", "flamegraph.svg"),
            ("perf-metrics.memory.json", "perf-metrics.json"),
            ("perf/metrics/..-premium/shop.json", "perf-metrics.json"),
            ("perf/alerts/..-premium/shop.yaml", "regression-alert.yaml"),
        ] {
            #expect(paths[copy] != nil && paths[copy] == paths[original], "\(copy) of \(paths.keys.sorted())")
        }
        #expect(ArtifactLayout().arranged(artifacts, of: report) == artifacts)
    }
}
