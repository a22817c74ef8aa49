/// Rate, errors and durations of operations, from closed windows.
enum OperationMetrics {
    static func families(_ book: OperationBook) -> [MetricFamily] {
        var rows = book.tallies.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        if book.other.count > 0 { rows.append((.other, book.other)) }
        return [
            MetricFamily(
                "plimsoll_operation_duration_seconds",
                .histogram,
                "Durations of spans by operation, from closed windows.",
                rows.flatMap { durations($0, $1) }
            ),
            MetricFamily(
                "plimsoll_operation_errors",
                .counter,
                "Failed spans by operation.",
                rows.map { labels, tally in sample(Double(tally.errors), labels) }
            ),
            MetricFamily(
                "plimsoll_operation_entries",
                .counter,
                "Spans that no other span called: requests that entered the system at this operation.",
                rows.map { labels, tally in sample(Double(tally.entries), labels) }
            ),
            MetricFamily(
                "plimsoll_operation_overflow_spans",
                .counter,
                "Spans of operations beyond those with series of their own, counted as other.",
                Double(book.other.count)
            ),
        ]
    }

    private static func durations(_ labels: OperationLabels, _ tally: OperationCounters) -> [MetricSample] {
        var cumulative: UInt64 = 0
        var samples: [MetricSample] = []
        for (index, count) in tally.counts.enumerated() {
            cumulative += count
            let isLast = index == OperationCounters.bounds.count
            var bucket = sample(Double(cumulative), labels, suffix: "_bucket")
            bucket.labels.append(("le", isLast ? "+Inf" : "\(OperationCounters.bounds[index])"))
            bucket.exemplar = tally.exemplars[index]
            samples.append(bucket)
        }
        samples.append(sample(Double(cumulative), labels, suffix: "_count"))
        samples.append(sample(tally.seconds, labels, suffix: "_sum"))
        return samples
    }

    private static func sample(_ value: Double, _ labels: OperationLabels, suffix: String = "") -> MetricSample {
        var sample = MetricSample(value)
        sample.suffix = suffix
        sample.labels = labels.pairs
        return sample
    }
}
