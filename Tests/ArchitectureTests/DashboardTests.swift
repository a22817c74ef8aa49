import Foundation
import TestSupport
import Testing

/// The rules of Grafana's dashboard-linter (`spec/wire.md` 5.4), and names that exist.
@Suite struct DashboardTests {
    private let source = DashboardFile.Source(type: "prometheus", uid: "${datasource}")

    @Test func `the files are what scripts/make-dashboards makes`() async throws {
        let script = Repository.root.appending(path: "scripts/make-dashboards").path
        let result = try await Command("/usr/bin/env", ["python3", script, "--check"]).wait()
        #expect(result.exitCode == 0, "\(result.standardError)")
    }

    @Test func `each dashboard is named once, cannot be edited, and can be narrowed to a job and an instance`() throws {
        let dashboards = try DashboardFile.all()
        #expect(dashboards.count == 5)
        #expect(Set(dashboards.map(\.uid)).count == 5)
        for dashboard in dashboards {
            #expect(!dashboard.editable && dashboard.schemaVersion == 41 && dashboard.tags == ["plimsoll"])
            let variables = dashboard.templating.list
            #expect(variables.map(\.name).prefix(3) == ["datasource", "job", "instance"])
            #expect(variables[0].label == "Data source" && variables[0].type == "datasource")
            for variable in variables.dropFirst() {
                #expect(variable.type == "query" && variable.multi && variable.allValue == ".+")
                #expect(variable.refresh == 2, "\(variable.name) must be read again when the time changes")
                #expect(variable.datasource == source)
            }
        }
    }

    @Test func `every panel says what it shows, in which unit, from the data source that was chosen`() throws {
        for dashboard in try DashboardFile.all() {
            #expect(Set(dashboard.panels.map(\.id)).count == dashboard.panels.count)
            for panel in dashboard.panels {
                let name = "\(dashboard.title): \(panel.title)"
                #expect(!panel.title.isEmpty && !panel.description.isEmpty && !panel.fieldConfig.defaults.unit.isEmpty)
                #expect(panel.datasource == source, "\(name)")
                #expect(!panel.targets.isEmpty, "\(name)")
                #expect(panel.targets.allSatisfy { $0.datasource == source }, "\(name)")
                #expect(Set(panel.targets.map(\.refId)).count == panel.targets.count, "\(name)")
                #expect(panel.gridPos.x + panel.gridPos.w <= 24, "\(name)")
            }
            for (index, panel) in dashboard.panels.enumerated() {
                for other in dashboard.panels[(index + 1)...] {
                    #expect(!overlap(panel.gridPos, other.gridPos), "\(panel.title) and \(other.title)")
                }
            }
        }
    }

    @Test func `every query is of this job and instance, and rates counters over the interval Grafana gives`() throws {
        for query in try queries() {
            let selectors = query.matches(of: /\b(?:plimsoll|process)_\w+(\{[^}]*\})?/)
            #expect(!selectors.isEmpty, "\(query)")
            for selector in selectors {
                let matchers = selector.1 ?? ""
                #expect(matchers.contains(#"job=~"$job""#) && matchers.contains(#"instance=~"$instance""#), "\(query)")
            }
            // `$__range` is what a total over the time shown needs; everything else is a rate.
            for call in query.matches(of: /\b(rate|irate|increase)\(\w+\{[^}]*\}\[([^\]]+)\]/) {
                let expected = call.1 == "increase" ? ["$__rate_interval", "$__range"] : ["$__rate_interval"]
                #expect(expected.contains(String(call.2)), "\(query)")
            }
            for counter in query.matches(of: /\b\w+_total\b/) {
                let before = query[..<counter.range.lowerBound]
                #expect(before.hasSuffix("rate(") || before.hasSuffix("increase("), "\(query)")
            }
            #expect(query.count { $0 == "(" } == query.count { $0 == ")" }, "\(query)")
        }
    }

    @Test func `every metric in a query is one that /metrics has`() throws {
        let known = try knownNames()
        #expect(known.count > 40)
        let alerts = try [
            "dashboards/provisioning/alerting/plimsoll.yaml", "dashboards/prometheus/plimsoll.rules.yml",
        ].map { try Repository.text(of: $0) }
        for query in try queries() + alerts {
            for name in query.matches(of: /\b(?:plimsoll|process)_\w+/) {
                #expect(known.contains(String(name.0)), "\(name.0)")
            }
        }
        for dashboard in try DashboardFile.all() {
            for variable in dashboard.templating.list {
                for name in (variable.definition ?? "").matches(of: /plimsoll_\w+/) {
                    #expect(known.contains(String(name.0)), "\(name.0)")
                }
            }
        }
    }

    private func queries() throws -> [String] {
        try DashboardFile.all().flatMap(\.panels).flatMap(\.targets).map(\.expr)
    }

    /// As they stand in the sources, with what their kind adds.
    private func knownNames() throws -> Set<String> {
        var names: Set<String> = []
        for file in try Repository.files(under: "Sources/Web/Grafana/Metrics") {
            for family in file.text.matches(of: /MetricFamily\(\s*"(\w+)",\s*\.(\w+)/) {
                let endings =
                    switch family.2 {
                    case "counter": ["_total"]
                    case "info": ["_info"]
                    case "histogram": ["_bucket", "_sum", "_count"]
                    case "summary": ["_sum", "_count"]
                    default: [""]
                    }
                for ending in endings { names.insert(family.1 + ending) }
            }
            for gauge in file.text.matches(of: /gauge\(\s*"(\w+)"/) { names.insert(String(gauge.1)) }
            // A summary is made of its total and its count.
            for summary in file.text.matches(of: /MetricFamily\(\s*"(\w+)",\s*"[^"]*",\s*total:/) {
                names.formUnion([summary.1 + "_sum", summary.1 + "_count"])
            }
        }
        return names
    }

    private func overlap(_ left: DashboardFile.Position, _ right: DashboardFile.Position) -> Bool {
        left.x < right.x + right.w && right.x < left.x + left.w && left.y < right.y + right.h
            && right.y < left.y + left.h
    }
}
