import Correlation
import Telemetry

/// F16: a request comes back to a service that it has already been through.
package struct CallCycleDetector: FindingDetector {
    package let kind = "call_cycle"
    var minimumTraces = 5
    var minimumShare = 0.05
    /// Share of the critical path behind the return from which it is more than a note.
    var notableShare = 0.10

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.comparedTests.flatMap(findings) }

    private func findings(in test: ComparedTest) -> [Finding] {
        let costs = test.subtreeSums { test.criticalShare(of: $0) }
        var reported: Set<[String]> = []
        return test.profile.paths.indices.compactMap { index in
            let path = test.profile.paths[index]
            guard path.frame.synthetic == nil, path.frame.operation.kind == .server, path.traces >= minimumTraces,
                Double(path.traces) >= minimumShare * Double(test.profile.traces)
            else { return nil }
            let services = visited(test.profile.stack(to: index))
            guard let last = services.last, let first = services.dropLast().lastIndex(of: last),
                reported.insert(Array(services[first...])).inserted
            else { return nil }
            let way = services[first...].joined(separator: " → ")
            return test.finding(
                "F16",
                kind,
                culprit: CulpritReference(path.frame.operation),
                path: test.profile.stack(to: index),
                severity: costs[index] >= notableShare ? .medium : .info,
                confidence: 0.9,
                sentence:
                    "\(test.endpoint) goes \(way), \(services.count - first - 1) hops back to the same service, in "
                    + "\(Wording.percent(Double(path.traces) / Double(max(1, test.profile.traces)))) of traces",
                suggestion: "Pass on what \(last) knows already instead of asking it again.",
                numbers: [
                    "affectedTracesRatio": Double(path.traces) / Double(max(1, test.profile.traces)),
                    "criticalShareRatio": min(1, costs[index]), "callsPerRequest": test.calls(of: index),
                ],
                exemplars: Exemplars(typical: path.typicalTraceID, worst: path.worstTraceID)
            )
        }
    }

    /// Services in the order in which the request reaches them, the same one once while it stays there.
    private func visited(_ stack: [PathFrame]) -> [String] {
        stack.filter { $0.synthetic == nil }.map(\.operation.service).reduce(into: []) { services, next in
            if services.last != next { services.append(next) }
        }
    }
}

extension FindingDetector where Self == CallCycleDetector {
    package static var callCycle: Self { Self() }
}
