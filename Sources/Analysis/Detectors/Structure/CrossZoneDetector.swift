import Correlation
import Telemetry

/// F17: calls cross the border of a zone or region.
///
/// Needs `cloud.availability_zone` or `cloud.region` among the attributes of both spans.
package struct CrossZoneDetector: FindingDetector {
    package let kind = "cross_zone_call"
    var minimumCalls = 20
    var minimumShare = 0.03

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private struct Key: Hashable {
        var caller: OperationID
        var callee: OperationID
    }

    private struct Border {
        var calls = 0
        var crossing = 0
        var critical: UInt64 = 0
        var zones = ("", "")
        var exemplars: [(trace: TraceID, value: Double)] = []
        var row = 0
    }

    private func findings(in reader: TraceReader) -> [Finding] {
        let names = ["cloud.region", "cloud.availability_zone"].map { reader.vocabulary.intern($0) }
        var borders: [Key: Border] = [:]
        for trace in reader.traces {
            for row in trace.rows where reader.spans.kind[row] == .server {
                guard let caller = reader.context.parent(of: row),
                    reader.spans.operation[caller] != reader.spans.operation[row],
                    let (from, to) = zones(caller, row, names, reader)
                else { continue }
                let key = Key(caller: reader.spans.operation[caller], callee: reader.spans.operation[row])
                var border = borders[key] ?? Border()
                border.calls += 1
                if from != to {
                    border.crossing += 1
                    border.critical += reader.context.critical[caller]
                    border.zones = (from, to)
                    border.row = row
                    border.exemplars.append((trace.traceID, Double(reader.context.critical[caller])))
                }
                borders[key] = border
            }
        }
        return borders.keys.sorted {
            ($0.caller.rawValue, $0.callee.rawValue) < ($1.caller.rawValue, $1.callee.rawValue)
        }
        .compactMap { borders[$0].flatMap { finding($0, reader) } }
    }

    /// The widest border known of both: region first.
    private func zones(_ caller: Int, _ row: Int, _ names: [StringID], _ reader: TraceReader) -> (String, String)? {
        let (left, right) = (reader.attributes(of: caller), reader.attributes(of: row))
        var same: (String, String)?
        for name in names {
            guard let from = left.first(where: { $0.key == name })?.value,
                let to = right.first(where: { $0.key == name })?.value
            else { continue }
            let pair = (reader.vocabulary.string(from), reader.vocabulary.string(to))
            if from != to { return pair }
            same = pair
        }
        return same
    }

    private func finding(_ border: Border, _ reader: TraceReader) -> Finding? {
        let test = reader.test
        let share = Double(border.critical) / 1e6 / reader.count / max(1e-9, test.meanMilliseconds)
        guard border.crossing >= minimumCalls, share >= minimumShare else { return nil }
        let callee = reader.operation(border.row)
        let crossing = Double(border.crossing) / Double(border.calls)
        return test.finding(
            "F17",
            kind,
            culprit: CulpritReference(callee, attribute: "\(border.zones.0) → \(border.zones.1)"),
            path: reader.stack(border.row),
            severity: test.severity(share: share, confidence: 0.9, atMost: .medium),
            confidence: 0.9,
            sentence: "\(Wording.percent(crossing)) of the calls to \(Wording.operation(callee)) go from "
                + "\(border.zones.0) to \(border.zones.1): \(Wording.percent(share)) of \(test.endpoint) on the way",
            suggestion: "Prefer instances in the caller's own zone (topology-aware routing), or place both together.",
            numbers: [
                "crossingRatio": crossing, "criticalShareRatio": min(1, share),
                "crossingPerRequest": Double(border.crossing) / reader.count,
            ],
            exemplars: Exemplars(border.exemplars)
        )
    }
}

extension FindingDetector where Self == CrossZoneDetector {
    package static var crossZone: Self { Self() }
}
