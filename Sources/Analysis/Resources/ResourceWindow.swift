import Correlation
import Statistics
import Telemetry

/// The resources of a run as detectors ask about them.
extension ComparedRun {
    /// Series of one service and kind.
    func resources(_ kind: ResourceSeries.Kind, of service: String) -> [ResourceSeries] {
        resources.filter { $0.kind == kind && $0.service == service }
    }

    /// Services that have a series of one of these kinds, in order.
    func services(with kinds: [ResourceSeries.Kind]) -> [String] {
        Set(resources.filter { kinds.contains($0.kind) }.map(\.service)).sorted()
    }
}

extension TraceReader {
    /// Self time of each walked span of a service, milliseconds, by when it began.
    func selfTimes(ofService service: String) -> [(time: UInt64, value: Double)] {
        var ofService: [OperationID: Bool] = [:]
        return traces.flatMap { trace in
            trace.rows.compactMap { row in
                let id = spans.operation[row]
                let isIts = ofService[id] ?? (vocabulary.operation(id).service == service)
                ofService[id] = isIts
                guard isIts, context.marks[row].contains(.walked) else { return nil }
                return (spans.startNanoseconds[row], Double(context.selfTime[row]) / 1e6)
            }
        }
    }

    /// How a service's self time moves with a resource, over buckets of time; both cleaned of concurrency.
    ///
    /// - Returns: Spearman's ρ at the lag of 0 to 2 buckets where it is largest; `nil` below 12 buckets with both.
    func correlation(of service: String, with series: ResourceSeries) -> RankCorrelation.Result? {
        guard let buckets = LoadBuckets(test.test.load) else { return nil }
        let times = buckets.medians(selfTimes(ofService: service))
        let levels = buckets.medians(series.points.map { ($0.time, $0.value) }, least: 1)
        return (0...2).compactMap { lag -> RankCorrelation.Result? in
            let triples = times.indices.compactMap { bucket -> (Double, Double, Double)? in
                guard bucket >= lag, let time = times[bucket], let level = levels[bucket - lag] else { return nil }
                return (time, level, buckets.concurrency[bucket])
            }
            guard triples.count >= 12 else { return nil }
            let concurrency = triples.map { $0.2 }
            return RankCorrelation.spearman(
                residuals(triples.map { $0.0 }, on: concurrency),
                residuals(triples.map { $0.1 }, on: concurrency)
            )
        }
        .max { abs($0.coefficient) < abs($1.coefficient) }
    }

    private func residuals(_ values: [Double], on x: [Double]) -> [Double] {
        guard let fit = LinearFit(x: x, y: values), fit.determination > 0.2 else { return values }
        return zip(x, values).map { $1 - fit.intercept - fit.slope * $0 }
    }
}
