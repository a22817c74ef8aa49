import Correlation
import Statistics
import Telemetry

/// F31: one instance of a service is slower than the others, or gets far more of the traffic.
package struct UnbalancedInstanceDetector: FindingDetector {
    package let kind = "unbalanced_instances"
    var minimumRatio = 1.5
    var minimumMilliseconds = 5.0
    var minimumSpans = 30
    var falseDiscoveryRate = 0.05
    /// Times the equal share of traffic.
    var trafficRatio = 2.0
    var trafficP = 0.01

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private func findings(in reader: TraceReader) -> [Finding] {
        let all = GroupedTimes.all(reader, least: minimumSpans) { row in
            reader.spans.instance[row].isEmpty ? nil : reader.spans.instance[row]
        }
        let slow = all.compactMap { times in
            times.slowest(ratio: minimumRatio, milliseconds: minimumMilliseconds).map { (times, $0) }
        }
        let qValues = MultipleTesting.benjaminiHochberg(slow.map { $0.1.p })
        let slower = zip(slow, qValues).compactMap { found, q in
            q <= falseDiscoveryRate ? self.slower(found.0, found.1, q: q, reader) : nil
        }
        return slower + traffic(all, reader)
    }

    private func slower(
        _ times: GroupedTimes,
        _ found: (group: GroupedTimes.Group, others: Double, p: Double),
        q: Double,
        _ reader: TraceReader
    ) -> Finding {
        let test = reader.test
        let operation = reader.vocabulary.operation(times.operation)
        let calls = Double(found.group.rows.count) / reader.count
        let share = (found.group.median - found.others) * calls / max(1e-9, test.meanMilliseconds)
        return test.finding(
            "F31",
            kind,
            culprit: CulpritReference(operation, attribute: found.group.label),
            path: reader.stack(found.group.rows[0]),
            key: "slower",
            severity: test.severity(share: share, confidence: 0.9, atMost: .high),
            confidence: 0.9,
            sentence: "\(Wording.operation(operation)) takes \(Wording.milliseconds(found.group.median)) on instance "
                + "\(found.group.label) and \(Wording.milliseconds(found.others)) on the other \(times.groups.count - 1)",
            suggestion: "Compare this instance with the others: its node, version, cache and neighbours.",
            numbers: [
                "medianMs": found.group.median, "othersMs": found.others, "qValue": q,
                "instancesCount": Double(times.groups.count), "criticalShareRatio": min(1, max(0, share)),
            ],
            exemplars: exemplars(found.group.rows, reader)
        )
    }

    /// One finding a service: the operation does not matter to a balancer.
    private func traffic(_ all: [GroupedTimes], _ reader: TraceReader) -> [Finding] {
        var reported: Set<String> = []
        return all.compactMap { times in
            let operation = reader.vocabulary.operation(times.operation)
            guard operation.kind == .server else { return nil }
            let counts = times.groups.map { Double($0.rows.count) }
            let total = counts.reduce(0, +)
            let equal = total / Double(counts.count)
            guard let most = counts.indices.max(by: { counts[$0] < counts[$1] }), counts[most] >= trafficRatio * equal
            else { return nil }
            let statistic = counts.reduce(0) { $0 + ($1 - equal) * ($1 - equal) / equal }
            let p = ChiSquareDistribution(freedom: Double(counts.count - 1)).upperTail(statistic)
            guard p < trafficP, reported.insert(operation.service).inserted else { return nil }
            let group = times.groups[most]
            return reader.test.finding(
                "F31",
                kind,
                culprit: CulpritReference(operation, attribute: group.label),
                path: reader.stack(group.rows[0]),
                key: "traffic",
                severity: .low,
                confidence: 0.9,
                sentence:
                    "instance \(group.label) of \(operation.service) serves \(Wording.percent(counts[most] / total)) of "
                    + "its calls, \(Wording.number(counts[most] / equal)) times its share of \(counts.count) instances",
                suggestion:
                    "Look at the load balancer: long-lived connections and hashing by key pile up on one instance.",
                numbers: [
                    "trafficRatio": counts[most] / total, "pValue": p, "instancesCount": Double(counts.count),
                ],
                exemplars: exemplars(group.rows, reader)
            )
        }
    }

    private func exemplars(_ rows: [Int], _ reader: TraceReader) -> Exemplars {
        Exemplars(rows.map { (reader.spans.traceID(of: $0), Double(reader.context.selfTime[$0])) })
    }
}

extension FindingDetector where Self == UnbalancedInstanceDetector {
    package static var unbalancedInstance: Self { Self() }
}
