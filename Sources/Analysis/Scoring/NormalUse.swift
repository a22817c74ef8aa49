package import Plans

/// Sets what a test used beside what is known of normal operation: `runtime-profile.yaml` and `event-trace.json`.
///
/// A deviation is told, and judges nothing: what must hold is a limit.
package struct NormalUse: Sendable {
    private let profile: [RuntimeProfileRule]
    private let events: EventTrace?

    package init(_ project: Project) {
        profile = project.runtimeProfile
        events = project.eventTrace
    }

    /// Sentences about what lies above normal, for the report.
    package func deviations(_ test: TestReport, definition: TestDefinition, plan: TestPlan) -> [String] {
        var lines: [String] = []
        let rules = profile.applying(to: definition, in: plan)
        func tell(
            _ what: String,
            _ measured: Double?,
            _ expected: KeyPath<RuntimeProfileRule, Double?>,
            _ shown: (Double) -> String
        ) {
            guard let measured, let rule = rules.first(where: { $0[keyPath: expected] != nil }),
                let normal = rule[keyPath: expected], measured > normal * (1 + rule.tolerance)
            else { return }
            lines.append(
                "\(test.name): \(what) \(shown(measured)), under normal load \(shown(normal)) "
                    + "(\(Wording.signedPercent(measured / normal - 1)), \(rule.source))"
            )
        }
        tell("CPU", test.resources.cpuAveragePercent, \.cpuPercent) { "\(Wording.number($0)) % of a core" }
        tell("memory", test.resources.memoryPeakMiB, \.memoryMiB) { "\(Wording.number($0)) MiB" }
        tell("network", networkKiB(test.load), \.networkKiB) { "\(Wording.number($0)) KiB/s" }
        if let events, let normal = events.peakDepth, let measured = test.resources.queueDepthPeak,
            measured > max(1, normal) * NormalUse.queueFactor
        {
            lines.append(
                "\(test.name): up to \(Wording.number(measured)) messages waited, recorded were at most "
                    + "\(Wording.number(normal)) (\(events.source))"
            )
        }
        return lines
    }

    /// Queues breathe: only what is well beyond the recorded peak is told.
    private static let queueFactor = 1.25

    private func networkKiB(_ load: LoadSummary) -> Double? {
        guard load.endedAt > load.measuredFrom else { return nil }
        return Double(load.bytesSent + load.bytesReceived) / 1024 / (Double(load.endedAt - load.measuredFrom) / 1e9)
    }
}
