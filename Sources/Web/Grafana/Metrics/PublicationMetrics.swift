import Runs

/// What Plimsoll does for others: runs that were asked for, and marks in Grafana.
///
/// All series are there from the start, at zero where the service does neither, so that rules over them always have data.
enum PublicationMetrics {
    static func queue(_ queued: [QueuedRun]) -> MetricFamily {
        let runs = Dictionary(grouping: queued, by: \.state)
        return MetricFamily(
            "plimsoll_queued_runs",
            .gauge,
            "Runs that were asked for over HTTP and are still remembered, by state.",
            QueuedRun.State.allCases.map { MetricSample(Double(runs[$0]?.count ?? 0), ["state": $0.rawValue]) }
        )
    }

    static func annotations(_ counts: AnnotationCounters.Snapshot) -> MetricFamily {
        MetricFamily(
            "plimsoll_grafana_annotations",
            .counter,
            "Annotations of deploys and checks by what became of them in Grafana; failed ones are tried again.",
            [
                MetricSample(Double(counts.created), ["result": "created"]),
                MetricSample(Double(counts.known), ["result": "known"]),
                MetricSample(Double(counts.refused), ["result": "refused"]),
                MetricSample(Double(counts.failed), ["result": "failed"]),
            ]
        )
    }
}
