import Analysis
import Statistics
import Telemetry

/// `load-performance.json`: what GitLab's load performance widget reads, which is the summary export of k6.
///
/// The widget shows `checks` (share of passes), `http_reqs.rate`, and p90 and p95 of `http_req_waiting`. Over several
/// tests requests add up and histograms merge.
struct LoadPerformance: ArtifactRenderer {
    let name = "load-performance.json"

    func render(_ report: RunReport) throws -> [Artifact] {
        let loads = report.tests.map(\.load).filter { $0.scheduled > 0 }
        guard !loads.isEmpty else { return [] }
        let answered = loads.reduce(0) { $0 + $1.latency.count }
        let seconds = loads.reduce(0) { $0 + Double($1.endedAt - min($1.measuredFrom, $1.endedAt)) / 1e9 }
        let failed = loads.reduce(0) { $0 + ($1.errorRate * Double($1.scheduled)).rounded() }
        let scheduled = loads.reduce(0) { $0 + Double($1.scheduled) }
        let limits = report.tests.flatMap(\.verdict.limits)
        let passes = limits.count { $0.isMet }
        var metrics: [DocumentMember] = [
            DocumentMember(
                "http_reqs",
                ["count": .of(answered), "rate": .number(seconds > 0 ? Double(answered) / seconds : 0)]
            ),
            DocumentMember(
                "http_req_failed",
                [
                    "passes": .number(failed), "fails": .number(scheduled - failed),
                    "value": .number(scheduled > 0 ? failed / scheduled : 0),
                ]
            ),
            DocumentMember("data_received", rate(loads.reduce(0) { $0 + $1.bytesReceived }, over: seconds)),
            DocumentMember("data_sent", rate(loads.reduce(0) { $0 + $1.bytesSent }, over: seconds)),
        ]
        if !limits.isEmpty {
            let share = Double(passes) / Double(limits.count)
            metrics.insert(
                DocumentMember(
                    "checks",
                    ["passes": .of(passes), "fails": .of(limits.count - passes), "value": .number(share)]
                ),
                at: 0
            )
        }
        let trends: [(String, (LoadSummary) -> LatencyHistogram)] = [
            ("http_req_duration", { $0.serviceTime }), ("iteration_duration", { $0.latency }),
            ("http_req_blocked", { $0.scheduleLag }), ("http_req_connecting", { $0.phases.connect }),
            ("http_req_tls_handshaking", { $0.phases.tls }), ("http_req_waiting", { $0.phases.wait }),
            ("http_req_receiving", { $0.phases.receive }),
        ]
        for (name, histogram) in trends {
            guard let trend = trend(loads.map(histogram)) else { continue }
            metrics.append(DocumentMember(name, trend))
        }
        let groups: DocumentValue = [
            "name": "", "path": "", "id": "d41d8cd98f00b204e9800998ecf8427e", "groups": .object([]),
            "checks": .object(checks(limits)),
        ]
        let document: DocumentValue = [
            "root_group": groups, "metrics": .object(metrics), "retryAttempt": .of(report.retryAttempt),
        ]
        return [Artifact(path: name, text: JSONText.document(document))]
    }

    // The same limit of several tests is one check with as many passes and fails.
    private func checks(_ limits: [LimitOutcome]) -> [DocumentMember] {
        var names: [String] = []
        for limit in limits where !names.contains(limit.name) { names.append(limit.name) }
        return names.map { name in
            let same = limits.filter { $0.name == name }
            let passes = same.count { $0.isMet }
            return DocumentMember(
                name,
                [
                    "name": .string(name), "path": .string("::\(name)"), "passes": .of(passes),
                    "fails": .of(same.count - passes),
                ]
            )
        }
    }

    private func rate(_ bytes: UInt64, over seconds: Double) -> DocumentValue {
        ["count": .of(bytes), "rate": .number(seconds > 0 ? Double(bytes) / seconds : 0)]
    }

    /// Milliseconds; `nil` where nothing was recorded.
    private func trend(_ histograms: [LatencyHistogram]) -> DocumentValue? {
        let filled = histograms.filter { !$0.isEmpty }
        guard var merged = filled.first else { return nil }
        for other in filled.dropFirst() where other.subBucketBits == merged.subBucketBits { merged.merge(other) }
        func milliseconds(_ nanoseconds: UInt64) -> DocumentValue { .number(Double(nanoseconds) / 1e6) }
        return [
            "avg": .number(merged.mean / 1e6), "min": milliseconds(merged.minimum),
            "med": milliseconds(merged.quantile(0.5)), "max": milliseconds(merged.maximum),
            "p(90)": milliseconds(merged.quantile(0.9)), "p(95)": milliseconds(merged.quantile(0.95)),
        ]
    }
}

extension ArtifactRenderer where Self == LoadPerformance {
    static var loadPerformance: Self { Self() }
}
