import Correlation
import Statistics
import Telemetry

/// F35: large bodies or many rows make calls slow.
package struct LargePayloadDetector: FindingDetector {
    package let kind = "large_payload"
    /// Bytes of a body, or rows of a result, that are a lot; with the time from which it matters.
    var largeBytes = 300_000.0
    var largeRows = 1_000.0
    var slowMilliseconds = 100.0
    var minimumCorrelation = 0.5
    var minimumCalls = 20
    var minimumShare = 0.05

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private struct Call {
        var row: Int
        var size: Double
    }

    private struct Key: Hashable {
        var operation: OperationID
        var isRows: Bool
    }

    private func findings(in reader: TraceReader) -> [Finding] {
        let bytes = ["http.response.body.size", "http.request.body.size", "messaging.message.body.size"]
        let names = Dictionary(
            uniqueKeysWithValues: bytes.map { (reader.vocabulary.intern($0), false) }
                + [(reader.vocabulary.intern("db.response.returned_rows"), true)]
        )
        var calls: [Key: [Call]] = [:]
        for trace in reader.traces {
            for row in trace.rows where reader.context.path[row] >= 0 {
                for attribute in reader.attributes(of: row) {
                    guard let isRows = names[attribute.key],
                        let size = Double(reader.vocabulary.string(attribute.value))
                    else { continue }
                    let key = Key(operation: reader.spans.operation[row], isRows: isRows)
                    calls[key, default: []].append(Call(row: row, size: size))
                }
            }
        }
        return calls.keys
            .sorted { ($0.operation.rawValue, $0.isRows ? 1 : 0) < ($1.operation.rawValue, $1.isRows ? 1 : 0) }
            .compactMap { finding($0, calls[$0] ?? [], reader) }
    }

    private func finding(_ key: Key, _ calls: [Call], _ reader: TraceReader) -> Finding? {
        let limit = key.isRows ? largeRows : largeBytes
        let large = calls.filter { $0.size >= limit && reader.milliseconds($0.row) >= slowMilliseconds }
        guard calls.count >= minimumCalls, Double(large.count) >= minimumShare * Double(calls.count) else { return nil }
        let correlation = RankCorrelation.spearman(calls.map(\.size), calls.map { reader.milliseconds($0.row) })
        let areAllLarge = Double(large.count) >= 0.9 * Double(calls.count)
        guard areAllLarge || (correlation?.coefficient ?? 0) >= minimumCorrelation else { return nil }
        let test = reader.test
        let operation = reader.vocabulary.operation(key.operation)
        let size = RobustScale.median(large.map(\.size)) ?? 0
        let time = RobustScale.median(large.map { reader.milliseconds($0.row) }) ?? 0
        let what = key.isRows ? "\(Wording.number(size)) rows" : "\(Wording.number(size / 1000)) kB"
        let share =
            large.reduce(0) { $0 + reader.milliseconds($1.row) } / reader.count
            / max(1e-9, test.meanMilliseconds)
        return test.finding(
            "F35",
            kind,
            culprit: CulpritReference(operation, attribute: key.isRows ? "rows" : "body size"),
            path: reader.stack(large[0].row),
            key: key.isRows ? "rows" : "bytes",
            severity: test.severity(share: share, confidence: 0.8, atMost: .medium),
            confidence: 0.8,
            sentence: "\(Wording.operation(operation)) moves \(what) and takes \(Wording.milliseconds(time)) in "
                + "\(Wording.percent(Double(large.count) / Double(calls.count))) of its calls on \(test.endpoint)",
            suggestion: "Send or fetch less at once: pages, fewer fields, compression.",
            numbers: [
                "sizeValue": size, "durationMs": time, "largeRatio": Double(large.count) / Double(calls.count),
                "correlationValue": correlation?.coefficient ?? .nan, "criticalShareRatio": min(1, share),
            ],
            exemplars: Exemplars(large.map { (reader.spans.traceID(of: $0.row), $0.size) })
        )
    }
}

extension FindingDetector where Self == LargePayloadDetector {
    package static var largePayload: Self { Self() }
}
