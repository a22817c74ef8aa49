/// F27: a service is near its memory limit, or was restarted during the run.
package struct MemoryPressureDetector: FindingDetector {
    package let kind = "memory_pressure"
    var memoryLimit = 0.9

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        run.findings { reader in
            let full = ResourceLink.all([.memory], limit: memoryLimit, leastPoints: 1, reader, run).map { link in
                link.finding(
                    "F27",
                    kind,
                    what: "\(link.service) uses \(Wording.percent(link.peak)) of the memory it may have",
                    suggestion: "Raise the limit, or find what keeps growing; at the limit the process is killed.",
                    in: reader.test
                )
            }
            let restarted = ResourceLink.all([.restarts], limit: 1, leastPoints: 1, reader, run).map { link in
                var finding = link.finding(
                    "F27",
                    kind,
                    what: "\(link.service) was restarted \(Wording.number(link.peak)) times during the run",
                    suggestion: "Read why it ended: out of memory, a failed probe or a crash.",
                    in: reader.test
                )
                // A restart takes requests with it, whatever the latencies say.
                finding.severity = max(finding.severity, .medium)
                finding.confidence = max(finding.confidence, 0.8)
                return finding
            }
            return full + restarted
        }
    }
}

extension FindingDetector where Self == MemoryPressureDetector {
    package static var memoryPressure: Self { Self() }
}
