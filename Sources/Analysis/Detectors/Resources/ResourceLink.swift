import Correlation
import Statistics
import Telemetry

/// A service's resource that was short, and whether its spans suffered: what F25 to F28 have in common.
///
/// A resource supports a latency finding; alone it never makes one above information (`spec/analysis.md` section 5.4).
struct ResourceLink {
    let service: String
    let series: ResourceSeries
    /// The highest value during the test.
    let peak: Double
    /// Points at or above the limit.
    let pointsAbove: Int
    /// How the service's self time moved with it, where that can be told.
    let correlation: RankCorrelation.Result?
    /// The service's path whose time has grown most, if any has.
    let regression: PathRegression?

    /// Series of some kinds that reached a limit during a test, the worst of each service and kind.
    static func all(
        _ kinds: [ResourceSeries.Kind],
        limit: Double,
        leastPoints: Int,
        _ reader: TraceReader,
        _ run: ComparedRun
    ) -> [ResourceLink] {
        let load = reader.test.test.load
        return run.services(with: kinds).flatMap { service in
            kinds.compactMap { kind -> ResourceLink? in
                let candidates = run.resources(kind, of: service).map { series in
                    (series: series, values: series.values(from: load.measuredFrom, to: load.endedAt))
                }
                let worst = candidates.max { $0.values.max() ?? 0 < $1.values.max() ?? 0 }
                guard let worst, let peak = worst.values.max(), peak >= limit else { return nil }
                let above = worst.values.count { $0 >= limit }
                guard above >= leastPoints else { return nil }
                return ResourceLink(
                    service: service,
                    series: worst.series,
                    peak: peak,
                    pointsAbove: above,
                    correlation: reader.correlation(of: service, with: worst.series),
                    regression: PathRegression.all(in: reader.test, minimumTraces: 20)
                        .filter { $0.path.frame.operation.service == service }
                        .max { $0.change.critical.delta < $1.change.critical.delta }
                )
            }
        }
    }

    /// Whether the service's spans moved with it.
    var isCorrelated: Bool { correlation.map { $0.coefficient >= 0.6 && $0.p <= 0.01 } ?? false }

    var isLinked: Bool { isCorrelated || regression != nil }

    var numbers: [String: Double] {
        [
            "peakValue": peak, "aboveLimitCount": Double(pointsAbove),
            "correlationValue": correlation?.coefficient ?? .nan, "pValue": correlation?.p ?? .nan,
            "criticalDeltaMs": regression?.change.critical.delta ?? .nan,
        ]
    }

    /// The finding of a kind about this resource.
    func finding(
        _ id: String,
        _ kind: String,
        what: String,
        suggestion: String,
        in test: ComparedTest
    ) -> Finding {
        let index =
            regression?.index
            ?? test.profile.paths.indices
            .filter { test.profile.paths[$0].frame.operation.service == service }
            .max { test.criticalMilliseconds(of: $0) < test.criticalMilliseconds(of: $1) }
        let path = index.map { test.profile.paths[$0] }
        let operation = path?.frame.operation ?? OperationKey(service: service, name: "process", kind: .internal)
        let confidence = regression != nil && isCorrelated ? 0.9 : isLinked ? 0.8 : 0.6
        let effect = regression.map {
            "; \(Wording.operation($0.path.frame.operation)) has become slower by "
                + Wording.milliseconds($0.change.critical.delta)
        }
        let moves = isCorrelated ? "; its operations slow down and recover with it" : ""
        return test.finding(
            id,
            kind,
            culprit: CulpritReference(operation, attribute: series.kind.rawValue),
            path: index.map { test.profile.stack(to: $0) } ?? [],
            key: series.kind.rawValue,
            severity: isLinked ? max(.medium, regression?.severity ?? .medium) : .info,
            confidence: confidence,
            sentence: what + (effect ?? moves),
            suggestion: suggestion,
            numbers: numbers,
            exemplars: Exemplars(
                typical: path?.typicalTraceID ?? test.requestExemplars.typical,
                worst: path?.worstTraceID ?? test.requestExemplars.worst
            ),
            explained: regression?.change.explainedShare,
            isRegression: regression != nil
        )
    }
}
